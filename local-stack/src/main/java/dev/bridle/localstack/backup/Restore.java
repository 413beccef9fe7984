package dev.bridle.localstack.backup;

import dev.bridle.localstack.backup.Contents.Position;
import dev.bridle.localstack.backup.Contents.Topic;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A {@link Backup} into a cluster whose topics hold nothing: each record in its partition, in
 * order, with its key, value, headers and timestamp; then what the groups have read of them.
 */
public final class Restore {
  private final Map<String, Object> client;
  private final Path folder;

  /**
   * @param client settings of the connection, {@code bootstrap.servers} at least
   */
  public Restore(Map<String, Object> client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  /**
   * @throws BackupException before anything is written, if a topic holds records or has another
   *     number of partitions; and if Kafka refuses
   */
  public Contents run() throws InterruptedException {
    try (Admin admin = Admin.create(client)) {
      Contents contents = Contents.read(folder);
      Set<String> there = admin.listTopics().names().get();
      for (Topic topic : contents.topics()) {
        if (there.contains(topic.name())) {
          requireEmpty(admin, topic);
        }
      }
      admin
          .createTopics(
              contents.topics().stream()
                  .filter(topic -> !there.contains(topic.name()))
                  .map(Restore::created)
                  .toList())
          .all()
          .get();
      for (Topic topic : contents.topics()) {
        send(topic);
      }
      commit(admin, contents.groups());
      return contents;
    } catch (ExecutionException e) {
      throw new BackupException("Kafka refused: " + e.getCause().getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On as many brokers as is usual in the cluster. */
  private static NewTopic created(Topic topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.config());
  }

  private static void requireEmpty(Admin admin, Topic topic)
      throws ExecutionException, InterruptedException {
    int partitions =
        admin
            .describeTopics(List.of(topic.name()))
            .allTopicNames()
            .get()
            .get(topic.name())
            .partitions()
            .size();
    if (partitions != topic.partitions()) {
      throw new BackupException(
          "%s should have %d partitions: has %d"
              .formatted(topic.name(), topic.partitions(), partitions));
    }
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()));
    if (admin.listOffsets(ends).all().get().values().stream().anyMatch(end -> end.offset() > 0)) {
      throw new BackupException("%s should hold no records: it does".formatted(topic.name()));
    }
  }

  private void send(Topic topic) throws IOException, ExecutionException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("enable.idempotence", true);
    settings.put("acks", "all");
    // A new topic's leader refuses at first: what is behind must not get in before.
    settings.put("max.in.flight.requests.per.connection", 1);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        DataInputStream file =
            new DataInputStream(
                new BufferedInputStream(
                    new GZIPInputStream(
                        Files.newInputStream(Contents.file(folder, topic.name())))))) {
      for (long left = topic.records(); left > 0; left--) {
        sent.add(producer.send(StoredRecord.read(file, topic.name())));
      }
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static void commit(Admin admin, List<Position> positions)
      throws ExecutionException, InterruptedException {
    Map<String, Map<TopicPartition, OffsetAndMetadata>> byGroup = new HashMap<>();
    for (Position position : positions) {
      byGroup
          .computeIfAbsent(position.group(), first -> new HashMap<>())
          .put(
              new TopicPartition(position.topic(), position.partition()),
              new OffsetAndMetadata(position.read(), position.metadata()));
    }
    for (var group : byGroup.entrySet()) {
      admin.alterConsumerGroupOffsets(group.getKey(), group.getValue()).all().get();
    }
  }
}
