package dev.bridle.monitor.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/**
 * The stores' files. They may be lost, for Kafka has all of it, but they must not be wrong: a run
 * whose epochs they hold already is not judged again. What is in doubt is removed and restored.
 */
final class LocalState implements KafkaStreams.StateListener {
  private static final Logger LOG = Logger.getLogger(LocalState.class);
  private static final String CLUSTER = "cluster-id";
  private static final String CHECKPOINT = ".checkpoint";

  private final Path folder;
  private final Supplier<Optional<String>> cluster;

  /**
   * @param folder of the application, with a folder a task
   * @param cluster the id of the cluster that is read now; empty if it is unknown
   */
  LocalState(Path folder, Supplier<Optional<String>> cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  /** At the start the broker has been reached, and no task has opened its files yet. */
  @Override
  public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
    if (before == KafkaStreams.State.CREATED && now == KafkaStreams.State.REBALANCING) {
      keepOnlyOf(cluster.get());
    }
  }

  /**
   * Removes what was not folded from that cluster's topics: Kafka Streams takes a state that is
   * ahead of a fresh cluster's changelog for an up-to-date one. Nothing is known to belong to an
   * unknown cluster.
   */
  private void keepOnlyOf(Optional<String> cluster) {
    Path mark = folder.resolve(CLUSTER);
    try {
      Files.createDirectories(folder);
      Optional<String> before =
          Files.exists(mark) ? Optional.of(Files.readString(mark)) : Optional.empty();
      if (cluster.isPresent() && cluster.equals(before)) {
        return;
      }
      Files.deleteIfExists(mark);
      removeTasks(before, cluster);
      if (cluster.isPresent()) {
        Files.writeString(mark, cluster.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the local state in " + folder, e);
    }
  }

  private void removeTasks(Optional<String> before, Optional<String> cluster) throws IOException {
    List<Path> tasks;
    try (Stream<Path> entries = Files.list(folder)) {
      tasks = entries.filter(Files::isDirectory).toList();
    }
    if (!tasks.isEmpty()) {
      LOG.warnf(
          "the local state is of cluster %s, this is %s: it is restored from Kafka",
          before.orElse("unknown"), cluster.orElse("unknown"));
    }
    for (Path task : tasks) {
      remove(task);
    }
  }

  private static void remove(Path task) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(task)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /**
   * To be called before a task processes its first record. A running task's files may hold what an
   * aborted transaction wrote, so after a kill they must not be trusted, which Kafka Streams tells
   * by the absence of a checkpoint. Its version 4.1 leaves the one from the restoration behind
   * (KAFKA-20685).
   */
  static void distrustAfterKill(Path task) {
    try {
      Files.deleteIfExists(task.resolve(CHECKPOINT));
    } catch (IOException e) {
      throw new UncheckedIOException("the checkpoint in " + task, e);
    }
  }
}
