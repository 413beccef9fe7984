package dev.bridle.trainer;

import static org.awaitility.Awaitility.await;

import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, the way any other service would. */
final class EventReader implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

  EventReader(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The events of a run so far, once one of them satisfies the condition. */
  <T extends TrainingEvent> List<TrainingEvent> until(
      String run, Class<T> type, Predicate<T> condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              poll();
              return events(run).filter(type::isInstance).map(type::cast).anyMatch(condition);
            });
    return events(run).toList();
  }

  /** The first record that satisfies the condition. */
  ConsumerRecord<String, byte[]> record(Predicate<ConsumerRecord<String, byte[]>> condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              poll();
              return read.stream().anyMatch(condition);
            });
    return read.stream().filter(condition).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void poll() {
    consumer.poll(Duration.ofMillis(100)).forEach(read::add);
  }

  private Stream<TrainingEvent> events(String run) {
    return read.stream()
        .filter(record -> run.equals(record.key()))
        .flatMap(record -> EventCodec.decode(record.headers(), record.value()).stream());
  }
}
