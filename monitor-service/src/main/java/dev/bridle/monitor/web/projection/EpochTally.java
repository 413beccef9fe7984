package dev.bridle.monitor.web.projection;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Measurements;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a run's epochs come to, kept up as they come in and counted anew where some give way. */
final class EpochTally {
  private int count;
  private int last;
  private Map<String, Double> metrics = Measurements.NONE;
  private int best;
  private double lowestLoss;

  /** Another epoch; in any order. */
  void add(EpochCompleted epoch) {
    count++;
    if (epoch.epoch() > last) {
      last = epoch.epoch();
      metrics = epoch.metrics();
    }
    double loss = epoch.metric(MetricNames.VALIDATION_LOSS).orElse(Double.NaN);
    int compared = best == 0 ? -1 : Double.compare(loss, lowestLoss);
    if (!Double.isNaN(loss) && (compared < 0 || (compared == 0 && epoch.epoch() < best))) {
      best = epoch.epoch();
      lowestLoss = loss;
    }
  }

  /** These and no others. */
  void countAnew(List<EpochCompleted> epochs) {
    count = 0;
    last = 0;
    metrics = Measurements.NONE;
    best = 0;
    epochs.forEach(this::add);
  }

  int count() {
    return count;
  }

  /** The highest epoch; 0 before the first. */
  int last() {
    return last;
  }

  /** Of the highest epoch. */
  Map<String, Double> metrics() {
    return metrics;
  }

  /** With the lowest validation loss, the earliest of equals; NaN never. */
  OptionalInt best() {
    return best == 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
