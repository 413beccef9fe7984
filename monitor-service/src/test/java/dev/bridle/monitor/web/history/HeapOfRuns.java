package dev.bridle.monitor.web.history;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.web.Events;
import dev.bridle.monitor.web.projection.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run in the live view costs. Arguments: how many runs, and how many epochs each; prints the
 * heap after a collection.
 */
public final class HeapOfRuns {
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final int METRICS = 20;

  private HeapOfRuns() {}

  public static void main(String[] arguments) throws IOException {
    int runs = Integer.parseInt(arguments[0]);
    int epochs = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("heap-of-runs");
    long began = System.nanoTime();
    try (DiskHistories histories = new DiskHistories(folder)) {
      long bytes = bytesPerRun(histories, runs, epochs);
      System.out.printf(
          "%d live runs, %d epochs of %d metrics each: %d bytes of heap a run, %.0f MiB in all;"
              + " %.0f MiB on disk; filled in %s%n",
          runs,
          epochs,
          METRICS,
          bytes,
          (double) bytes * runs / (1 << 20),
          (double) size(folder) / (1 << 20),
          Duration.ofNanos(System.nanoTime() - began).truncatedTo(ChronoUnit.SECONDS));
    }
  }

  /** Heap that the projection holds, by the runs: what is used after a collection. */
  static long bytesPerRun(DiskHistories histories, int runs, int epochs) {
    long before = usedHeap();
    Projection projection = new Projection(histories);
    for (int run = 0; run < runs; run++) {
      Events of =
          new Events(new RunId("sweep-" + run), "sweep " + run, 100, START.plusSeconds(run));
      projection.apply(received(of.attempt(1, 0)));
      projection.apply(received(of.phase(1, Phase.RUNNING)));
      projection.apply(received(of.gap(1, 1)));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        projection.apply(epoch(of, epoch)); // of which only the numbers stay
      }
    }
    long held = usedHeap() - before;
    if (projection.size() != runs) {
      throw new IllegalStateException("runs in the projection: " + projection.size());
    }
    return held / runs;
  }

  /** As it comes from Kafka: shares nothing with what was sent. */
  private static TrainingEvent received(TrainingEvent event) {
    try {
      byte[] json = EventJson.mapper().writeValueAsBytes(event);
      return EventJson.mapper().readValue(json, event.getClass());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EpochCompleted epoch(Events of, int epoch) {
    Map<String, Double> metrics = new TreeMap<>(of.epoch(1, epoch, 1.0 / epoch, 1.1).metrics());
    for (int layer = metrics.size(); layer < METRICS; layer++) {
      metrics.put("gradientNorm/dense" + layer, 1.0 / (epoch + layer));
    }
    return new EpochCompleted(of.run(), 1, epoch, metrics, of.start().plusSeconds(epoch));
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
