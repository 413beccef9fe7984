package dev.bridle.localstack.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a backup's folder holds, as its {@code backup.json} says; a folder without one is no whole
 * backup. The records of a topic are in a file of their own.
 *
 * @param groups what readers have committed
 */
public record Contents(List<Topic> topics, List<Position> groups) {
  private static final String FILE = "backup.json";

  /**
   * A topic and the settings that it was given.
   *
   * @param records of all partitions
   */
  public record Topic(String name, int partitions, Map<String, String> config, long records) {}

  /**
   * How far a group has read a partition.
   *
   * @param read that many of the records in the backup: offsets differ from cluster to cluster
   * @param metadata as the group committed it
   */
  public record Position(String group, String topic, int partition, long read, String metadata) {}

  /** The records of all topics. */
  public long records() {
    return topics.stream().mapToLong(Topic::records).sum();
  }

  static Path file(Path folder, String topic) {
    return folder.resolve(topic + ".records.gz");
  }

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  static Contents read(Path folder) throws IOException {
    if (!isIn(folder)) {
      throw new BackupException("%s should hold a backup: it has no %s".formatted(folder, FILE));
    }
    return new ObjectMapper().readValue(folder.resolve(FILE).toFile(), Contents.class);
  }

  void write(Path folder) throws IOException {
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve(FILE).toFile(), this);
  }
}
