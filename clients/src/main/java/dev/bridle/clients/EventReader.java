package dev.bridle.clients;

import dev.bridle.events.Event;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventType;
import dev.bridle.events.wire.MalformedEventException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the events of one type as a member of a consumer group: what was handled is committed, so
 * that a restart goes on where it was. An event may come twice after a crash; its {@link
 * Event#identity} tells.
 */
public final class EventReader<E extends Event> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Class<E> type;
  private final KafkaConsumer<String, byte[]> consumer;
  private volatile boolean closing;

  /**
   * @param group readers of one group share the partitions
   */
  public EventReader(String bootstrapServers, String group, Class<E> type) {
    this.type = type;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", group,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                // What an aborted transaction of the monitor wrote never happened.
                "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic(type)));
  }

  private static String topic(Class<?> type) {
    return Stream.of(EventType.values())
        .filter(known -> known.record() == type)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no event: " + type))
        .topic();
  }

  /** Hands each event to the handler, until {@link #end}. */
  public void forEach(Consumer<E> handler) {
    while (!closing) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        event(record).ifPresent(handler);
      }
      consumer.commitSync();
    }
  }

  /**
   * Empty for other types, also for those that only a newer version knows, and for what is
   * malformed.
   */
  private Optional<E> event(ConsumerRecord<String, byte[]> record) {
    try {
      return EventCodec.decode(record.headers(), record.value(), type);
    } catch (MalformedEventException e) {
      System.err.printf(
          "passed over %s-%d at %d: %s%n",
          record.topic(), record.partition(), record.offset(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Ends {@link #forEach} after the records at hand; may be called from another thread. */
  public void end() {
    closing = true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
