package dev.bridle.localstack.backup;

import dev.bridle.localstack.backup.Contents.Position;
import dev.bridle.localstack.backup.Contents.Topic;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Every topic of a cluster but Kafka's own, the changelogs of the monitor's state included, and
 * what each group has committed. Taken while nobody reads, so that all of it is of one moment.
 */
public final class Backup {
  private static final String GROUPS = "__consumer_offsets";

  private final Map<String, Object> client;
  private final Path folder;
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
  private final List<Position> positions = new ArrayList<>();

  /**
   * @param client settings of the connection, {@code bootstrap.servers} at least
   * @param folder that holds no backup yet
   */
  public Backup(Map<String, Object> client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  /**
   * @throws BackupException if the folder holds a backup, or a group still reads
   */
  public Contents take() throws InterruptedException {
    if (Contents.isIn(folder)) {
      throw new BackupException("%s should hold no backup: it has one".formatted(folder));
    }
    try (Admin admin = Admin.create(client)) {
      Files.createDirectories(folder);
      readGroups(admin);
      List<Topic> topics = new ArrayList<>();
      for (String name : new TreeSet<>(admin.listTopics().names().get())) {
        topics.add(topic(admin, name));
      }
      Contents contents = new Contents(topics, positions);
      contents.write(folder);
      return contents;
    } catch (ExecutionException e) {
      throw new BackupException("Kafka refused: " + e.getCause().getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readGroups(Admin admin) throws ExecutionException, InterruptedException {
    awaitCoordinators(admin);
    List<String> groups =
        admin.listConsumerGroups().all().get().stream().map(ConsumerGroupListing::groupId).toList();
    for (ConsumerGroupDescription group :
        admin.describeConsumerGroups(groups).all().get().values()) {
      if (!group.members().isEmpty()) {
        throw new BackupException(
            "no group should read while a backup is taken: %s does. Stop the services first."
                .formatted(group.groupId()));
      }
    }
    for (String group : groups) {
      committed.put(
          group, admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
    }
  }

  /**
   * A broker that has just started keeps silent about the groups that it has not read yet, but
   * answers a question about an offset once it has: so one is asked of each partition of the
   * groups.
   */
  private static void awaitCoordinators(Admin admin)
      throws ExecutionException, InterruptedException {
    if (!admin
        .listTopics(new ListTopicsOptions().listInternal(true))
        .names()
        .get()
        .contains(GROUPS)) {
      return;
    }
    int partitions =
        admin.describeTopics(List.of(GROUPS)).allTopicNames().get().get(GROUPS).partitions().size();
    Map<Integer, String> groupIn = new HashMap<>();
    for (int at = 0; groupIn.size() < partitions; at++) {
      String group = "any-" + at;
      groupIn.put(Utils.abs(group.hashCode()) % partitions, group);
    }
    Map<String, ListConsumerGroupOffsetsSpec> questions =
        groupIn.values().stream()
            .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
    admin.listConsumerGroupOffsets(questions).all().get();
  }

  private Topic topic(Admin admin, String name)
      throws ExecutionException, InterruptedException, IOException {
    TopicDescription topic = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Map<String, String> config =
        admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
            .filter(entry -> entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG)
            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    return new Topic(name, topic.partitions().size(), config, write(name, topic));
  }

  private long write(String name, TopicDescription topic) throws IOException {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(each -> new TopicPartition(name, each.partition()))
            .toList();
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    long all = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        DataOutputStream file =
            new DataOutputStream(
                new BufferedOutputStream(
                    new GZIPOutputStream(Files.newOutputStream(Contents.file(folder, name)))))) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, List<Long>> offsets = new HashMap<>();
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          StoredRecord.write(file, record);
          offsets
              .computeIfAbsent(
                  new TopicPartition(name, record.partition()), first -> new ArrayList<>())
              .add(record.offset());
          all++;
        }
      }
      partitions.forEach(at -> addPositions(at, offsets.getOrDefault(at, List.of())));
    }
    return all;
  }

  private void addPositions(TopicPartition at, List<Long> offsets) {
    committed.forEach(
        (group, all) -> {
          OffsetAndMetadata position = all.get(at);
          if (position != null) {
            long read = offsets.stream().filter(offset -> offset < position.offset()).count();
            positions.add(
                new Position(group, at.topic(), at.partition(), read, position.metadata()));
          }
        });
  }
}
