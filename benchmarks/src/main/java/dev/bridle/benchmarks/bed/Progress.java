package dev.bridle.benchmarks.bed;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** How far a consumer group has come in a topic, by its committed offsets. */
public final class Progress implements AutoCloseable {
  private final Admin admin;
  private final String group;
  private final String topic;

  /**
   * A moment.
   *
   * @param nanos of {@link System#nanoTime()}
   * @param taken the sum of the committed offsets
   * @param processorTime that the reading process had used
   */
  public record Point(long nanos, long taken, Duration processorTime) {
    /** From that moment to this one. */
    public Stretch since(Point earlier) {
      long records = taken - earlier.taken;
      return new Stretch(
          records * 1e9 / (nanos - earlier.nanos),
          processorTime.minus(earlier.processorTime).toNanos() / 1e3 / records);
    }
  }

  /**
   * What was measured between two moments.
   *
   * @param rate records a second
   * @param processorMicros of all threads of the reading process, a record
   */
  public record Stretch(double rate, double processorMicros) {}

  public Progress(KafkaClients clients, String group, String topic) {
    admin = clients.admin();
    this.group = group;
    this.topic = topic;
  }

  /** Waits till so many are taken. */
  public Point when(LongPredicate taken, Duration limit, Child process) {
    Point[] point = new Point[1];
    Await.until(
        "the progress of " + group,
        limit,
        () -> {
          process.requireAlive();
          point[0] = new Point(System.nanoTime(), taken(), process.processorTime());
          return taken.test(point[0].taken());
        });
    return point[0];
  }

  /** The sum of the committed offsets. */
  public long taken() {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
          .map(Map.Entry::getValue)
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the offsets of " + group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
