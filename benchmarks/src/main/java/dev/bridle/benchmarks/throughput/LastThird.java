package dev.bridle.benchmarks.throughput;

import dev.bridle.benchmarks.bed.Child;
import dev.bridle.benchmarks.bed.KafkaClients;
import dev.bridle.benchmarks.bed.Progress;
import dev.bridle.benchmarks.bed.Progress.Point;
import dev.bridle.benchmarks.bed.Progress.Stretch;
import dev.bridle.events.wire.Topics;
import java.time.Duration;

/**
 * How fast a process takes the last third of the records: a monitor's compiler is busy long after
 * its first epochs.
 *
 * @param records that there are
 */
record LastThird(KafkaClients clients, long records) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Waits till it has them, by what that group has committed. */
  Stretch of(String group, Child process) {
    try (Progress progress = new Progress(clients, group, Topics.METRICS)) {
      Point begin = progress.when(taken -> taken >= records * 2 / 3, LIMIT, process);
      Point end = progress.when(taken -> taken >= records * 98 / 100, LIMIT, process);
      return end.since(begin);
    }
  }
}
