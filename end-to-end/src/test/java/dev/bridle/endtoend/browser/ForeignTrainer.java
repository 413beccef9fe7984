package dev.bridle.endtoend.browser;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A trainer that isn't Bridle's own: it sends what it likes. */
final class ForeignTrainer implements AutoCloseable {
  private final EventCodec codec = new EventCodec(URI.create("/foreign"));
  private final KafkaProducer<String, byte[]> producer;

  ForeignTrainer(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Sends a run that goes on: one map of metrics an epoch. */
  RunId send(String name, List<Map<String, Double>> epochs) {
    Instant now = Instant.now();
    RunId run = new RunId(name + "-" + now.toEpochMilli());
    send(new AttemptStarted(run, 1, 0, name, "foreign", 20_000, Optional.empty(), now));
    for (int i = 0; i < epochs.size(); i++) {
      sendEpoch(run, i + 1, epochs.get(i));
    }
    producer.flush();
    return run;
  }

  void sendEpoch(RunId run, int epoch, Map<String, Double> metrics) {
    send(new EpochCompleted(run, 1, epoch, metrics, Instant.now()));
  }

  private void send(TrainingEvent event) {
    producer.send(codec.encode(event));
  }

  @Override
  public void close() {
    producer.close();
  }
}
