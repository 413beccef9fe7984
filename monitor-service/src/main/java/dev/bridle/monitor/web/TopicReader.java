package dev.bridle.monitor.web;

import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.MalformedEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads every topic into the {@link LiveRuns}, from the beginning at each start and without a
 * commit. A malformed record is passed over: its topic's owner, not this reader, dead-letters it.
 */
@ApplicationScoped
class TopicReader {
  static final String CHANNEL = "live-runs";
  private static final Logger LOG = Logger.getLogger(TopicReader.class);

  private final LiveRuns runs;
  private final MeterRegistry meters;

  TopicReader(LiveRuns runs, MeterRegistry meters) {
    this.runs = runs;
    this.meters = meters;
  }

  @Incoming(CHANNEL)
  @Blocking
  void read(ConsumerRecords<String, byte[]> records) {
    records.forEach(this::read);
  }

  private void read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return; // compaction's tombstone
    }
    try {
      EventCodec.decode(record.headers(), record.value())
          .ifPresentOrElse(runs::accept, () -> passedOver(record.topic(), "unknown"));
    } catch (MalformedEventException e) {
      passedOver(record.topic(), "malformed");
      LOG.debugf(
          "passed over %s-%d@%d: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  private void passedOver(String topic, String cause) {
    Counter.builder("bridle.monitor.view.skipped")
        .description("Records that the live view passed over")
        .baseUnit("records")
        .tag("topic", topic)
        .tag("cause", cause)
        .register(meters)
        .increment();
  }
}
