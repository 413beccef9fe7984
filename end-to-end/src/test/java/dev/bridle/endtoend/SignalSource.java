package dev.bridle.endtoend;

import dev.bridle.events.ControlSignal;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.wire.EventCodec;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says what a monitor could say, as often as it is told to. */
final class SignalSource implements AutoCloseable {
  private static final String RULE = "patience";

  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  private final KafkaProducer<String, byte[]> producer;

  SignalSource(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Of the first attempt; not sent yet. */
  SignalIssued signal(RunId run, int epoch, ControlSignal signal) {
    return new SignalIssued(
        SignalId.of(run, 1, epoch, RULE),
        run,
        1,
        epoch,
        RULE,
        signal,
        "a test says so",
        Map.of(),
        now.plus(Duration.ofHours(1)),
        now);
  }

  void deliver(SignalIssued signal, int times) {
    for (int i = 0; i < times; i++) {
      producer.send(codec.encode(signal));
    }
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
