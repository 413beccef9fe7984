package dev.bridle.inference.testing;

import static org.awaitility.Awaitility.await;

import dev.bridle.events.Event;
import dev.bridle.events.wire.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, and keeps what it read. */
public final class EventTail implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  public EventTail(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
  }

  /** All records so far, once there is one as described. */
  public List<ConsumerRecord<String, byte[]>> until(
      Predicate<ConsumerRecord<String, byte[]>> wanted) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(100)).forEach(records::add);
              return records.stream().anyMatch(wanted);
            });
    return List.copyOf(records);
  }

  /** All events of the type so far, once there is one as described. */
  public <E extends Event> List<E> until(Class<E> type, Predicate<E> wanted) {
    return until(record -> event(record, type).stream().anyMatch(wanted)).stream()
        .flatMap(record -> event(record, type).stream())
        .toList();
  }

  private static <E extends Event> Optional<E> event(
      ConsumerRecord<String, byte[]> record, Class<E> type) {
    return EventCodec.decode(record.headers(), record.value(), type);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
