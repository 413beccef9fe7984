package dev.bridle.endtoend;

import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows what the monitors say, as a read-committed reader sees it: from the beginning on. */
final class DecisionReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TrainingEvent> decisions = new ArrayList<>();
  private final Set<String> identities = new HashSet<>();

  DecisionReader(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(Topics.METRICS, Topics.SIGNALS, Topics.ALERTS)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Whether all of these are visible by now. */
  boolean sees(Set<String> wanted) {
    consumer.poll(POLL).forEach(this::take);
    return identities.containsAll(wanted);
  }

  /** A run's decisions in the order of their epochs, each as often as it was published. */
  Map<RunId, List<TrainingEvent>> byRun() {
    return byRun(decisions);
  }

  static Map<RunId, List<TrainingEvent>> byRun(List<TrainingEvent> decisions) {
    List<TrainingEvent> sorted = new ArrayList<>(decisions);
    sorted.sort(Comparator.comparing(TrainingEvent::time).thenComparing(TrainingEvent::identity));
    return sorted.stream().collect(Collectors.groupingBy(TrainingEvent::run));
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    EventCodec.decode(record.headers(), record.value()).ifPresent(event -> take(record, event));
  }

  private void take(ConsumerRecord<String, byte[]> record, TrainingEvent event) {
    if (!record.topic().equals(Topics.METRICS) || event instanceof PolicyAdopted) {
      decisions.add(event);
      identities.add(event.identity());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
