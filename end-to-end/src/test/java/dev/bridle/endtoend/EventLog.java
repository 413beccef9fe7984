package dev.bridle.endtoend;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a read-committed consumer finds on Kafka, from the beginning to the end as of now. */
final class EventLog {
  private final String bootstrapServers;

  EventLog(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Every event of the run of that kind, in its partition's order. */
  <E extends TrainingEvent> List<E> of(RunId run, Class<E> kind, String topic) {
    return records(topic).stream()
        .filter(record -> run.value().equals(record.key()))
        .map(record -> EventCodec.decode(record.headers(), record.value()))
        .flatMap(Optional::stream)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  List<ConsumerRecord<String, byte[]>> records(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .collect(Collectors.toList());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
      return all;
    }
  }
}
