package dev.bridle.monitor.run;

import dev.bridle.events.EpochCompleted;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The running mean of a finished run's metric: the i-th of {@code means}, counted from 1, is that
 * of the finite values up to epoch {@code i * every}, NaN while there is none; the last is that of
 * all.
 *
 * @param every a power of two, so that there are at most {@value #MOST_POINTS} means
 */
public record FinishedCurve(int every, List<Double> means) {
  static final int MOST_POINTS = 128;

  public FinishedCurve {
    means = List.copyOf(means);
  }

  /**
   * @param epochs in their order
   */
  public static FinishedCurve of(List<EpochCompleted> epochs, String metric) {
    int every = 1;
    int last = epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).epoch();
    while (last > every * MOST_POINTS) {
      every *= 2;
    }
    List<Double> means = new ArrayList<>();
    double sum = 0;
    int count = 0;
    for (EpochCompleted epoch : epochs) {
      while (epoch.epoch() > (means.size() + 1) * every) {
        means.add(sum / count);
      }
      OptionalDouble value = epoch.metric(metric);
      if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
        sum += value.getAsDouble();
        count++;
      }
    }
    means.add(sum / count);
    return new FinishedCurve(every, means);
  }

  /** Whether any value was finite. */
  public boolean isMeasured() {
    return Double.isFinite(means.get(means.size() - 1));
  }

  int lastEpoch() {
    return means.size() * every;
  }

  /** The mean at an epoch, or at the last one before it that is known; NaN before the first. */
  double at(int epoch) {
    int index = Math.min(epoch / every, means.size()) - 1;
    return index < 0 ? Double.NaN : means.get(index);
  }
}
