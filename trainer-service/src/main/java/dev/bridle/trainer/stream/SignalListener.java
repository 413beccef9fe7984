package dev.bridle.trainer.stream;

import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.events.wire.Topics;
import dev.bridle.trainer.runs.Runs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads every signal there is, from the topic's beginning at each start: a run answers each once,
 * so that repetitions do no harm and none is missed.
 */
@Startup
@ApplicationScoped
public class SignalListener {
  private static final Logger LOG = Logger.getLogger(SignalListener.class);

  private final Runs runs;
  private final Spool spool;
  private final Counter received;
  private final Counter malformed;
  private final Counter unknown;

  public SignalListener(Runs runs, Spool spool, MeterRegistry meters) {
    this.runs = runs;
    this.spool = spool;
    this.received = counter(meters, "read");
    this.malformed = counter(meters, "malformed");
    this.unknown = counter(meters, "unknown");
  }

  @Incoming("signals")
  @Blocking
  public void receive(ConsumerRecord<String, byte[]> record) {
    boolean seenBefore =
        spool.position(record.partition()).filter(last -> record.offset() <= last).isPresent();
    spool.position(record.partition(), record.offset());
    try {
      Optional<TrainingEvent> event = EventCodec.decode(record.headers(), record.value());
      if (event.isPresent() && event.get() instanceof SignalIssued signal) {
        received.increment();
        runs.receive(signal);
      } else {
        unknown.increment();
      }
    } catch (MalformedEventException e) {
      if (!seenBefore) {
        reject(record, e.getMessage());
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "a signal at %d/%d was lost", record.partition(), record.offset());
    }
  }

  private void reject(ConsumerRecord<String, byte[]> record, String reason) {
    malformed.increment();
    LOG.warnf("a malformed signal: %s", reason);
    Headers headers = new RecordHeaders(record.headers().toArray());
    add(headers, DeadLetter.REASON, reason);
    add(headers, DeadLetter.TOPIC, record.topic());
    add(headers, DeadLetter.PARTITION, Integer.toString(record.partition()));
    add(headers, DeadLetter.OFFSET, Long.toString(record.offset()));
    spool.append(
        new SpooledRecord(
            Topics.deadLetters(record.topic()),
            record.key(),
            record.timestamp(),
            headers,
            record.value()));
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("bridle.trainer.signals")
        .description("Records of the topic of signals: read, malformed, of an unknown type")
        .baseUnit("signals")
        .tag("result", result)
        .register(meters);
  }
}
