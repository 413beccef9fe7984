package dev.bridle.clients;

import dev.bridle.events.Event;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventJson;
import dev.bridle.events.wire.EventType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One event of each type, as the contract's golden files have them. */
final class EventSamples {
  private EventSamples() {}

  static Event of(EventType type) throws IOException {
    Path golden = Path.of("../training-events/src/test/resources/golden");
    return EventJson.mapper()
        .readValue(golden.resolve(type.cloudEventsType() + ".json").toFile(), type.record());
  }

  static void writeAll(String bootstrapServers)
      throws IOException, InterruptedException, ExecutionException {
    EventCodec codec = new EventCodec(URI.create("/test"));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (EventType type : EventType.values()) {
        producer.send(codec.encode(of(type))).get();
      }
    }
  }
}
