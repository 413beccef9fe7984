package dev.bridle.monitor.finished;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a run's metric went, as its running average: at epoch e the mean of all finite values
 * reported up to e.
 *
 * <p>However long the run, it holds 232 points at most: the last of every {@link #cell}. A running
 * average over e values moves by a share of 1/e an epoch, so points that lie an eighth of an octave
 * apart describe it as well at epoch 10,000 as at epoch 10.
 *
 * @param experiment groups the runs that are compared
 * @param count how many values the average is over
 * @param epochs of the points, rising
 * @param averages at those epochs, finite
 */
public record FinishedCurve(
    RunId run,
    String experiment,
    String metric,
    long count,
    List<Integer> epochs,
    List<Double> averages) {
  public FinishedCurve {
    epochs = List.copyOf(epochs);
    averages = List.copyOf(averages);
    if (epochs.size() != averages.size()) {
      throw new IllegalArgumentException(
          "averages should be as many as epochs, %d: was %d"
              .formatted(epochs.size(), averages.size()));
    }
  }

  /** Of a run's whole history, in the order of its epochs; it is read once. */
  public static FinishedCurve of(
      RunId run, String experiment, String metric, Iterable<EpochCompleted> history) {
    FinishedCurve curve = new FinishedCurve(run, experiment, metric, 0, List.of(), List.of());
    for (EpochCompleted epoch : history) {
      curve = curve.with(epoch);
    }
    return curve;
  }

  /** One more epoch. An epoch without a finite value, or not behind the last, changes nothing. */
  public FinishedCurve with(EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()
        || !Double.isFinite(measured.getAsDouble())
        || (!isEmpty() && epoch.epoch() <= lastEpoch())) {
      return this;
    }
    double before = isEmpty() ? 0 : averages.get(averages.size() - 1);
    List<Integer> nextEpochs = new ArrayList<>(epochs);
    List<Double> nextAverages = new ArrayList<>(averages);
    if (!isEmpty() && cell(lastEpoch()) == cell(epoch.epoch())) {
      nextEpochs.remove(nextEpochs.size() - 1);
      nextAverages.remove(nextAverages.size() - 1);
    }
    nextEpochs.add(epoch.epoch());
    // Divided before they are subtracted: the difference of two finite values may be infinite.
    nextAverages.add(before - before / (count + 1) + measured.getAsDouble() / (count + 1));
    return new FinishedCurve(run, experiment, metric, count + 1, nextEpochs, nextAverages);
  }

  public boolean isEmpty() {
    return epochs.isEmpty();
  }

  /** The last epoch that reported a value; 0 if none did. */
  public int lastEpoch() {
    return isEmpty() ? 0 : epochs.get(epochs.size() - 1);
  }

  /**
   * The running average up to that epoch, from the newest point that is not behind it: after the
   * run's end its final one. Empty before the first.
   */
  OptionalDouble at(int epoch) {
    for (int i = epochs.size() - 1; i >= 0; i--) {
      if (epochs.get(i) <= epoch) {
        return OptionalDouble.of(averages.get(i));
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * The last epoch of the cell that the epoch lies in: each of the first 16 is its own, those up to
   * 32 are two wide, those up to 64 four, and so on.
   */
  static long cell(int epoch) {
    int shift = Math.max(0, 28 - Integer.numberOfLeadingZeros(epoch - 1));
    return ((epoch - 1L) >> shift) + 1 << shift;
  }
}
