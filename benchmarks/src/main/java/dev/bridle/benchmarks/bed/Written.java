package dev.bridle.benchmarks.bed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What was written to a topic, as a read-committed consumer counts it: transaction markers are no
 * records.
 *
 * @param bytes of keys, values and headers
 */
public record Written(long records, long bytes) {
  private static final Written NOTHING = new Written(0, 0);

  /** The topics that have at least one record. */
  public static Map<String, Written> in(KafkaClients clients, Set<String> topics) {
    Map<String, Written> written = new TreeMap<>();
    for (String topic : topics) {
      Written found = in(clients, topic);
      if (found.records() > 0) {
        written.put(topic, found);
      }
    }
    return written;
  }

  /** The names of all topics. */
  public static Set<String> topics(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the list of topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Written in(KafkaClients clients, String topic) {
    try (Consumer<byte[], byte[]> consumer = clients.consumer(Map.of("max.poll.records", 10_000))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Written written = NOTHING;
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          written = new Written(written.records() + 1, written.bytes() + size(record));
        }
      }
      return written;
    }
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize())
        + Math.max(0, record.serializedValueSize())
        + StreamSupport.stream(record.headers().spliterator(), false)
            .mapToLong(
                header ->
                    header.key().length() + (header.value() == null ? 0 : header.value().length))
            .sum();
  }
}
