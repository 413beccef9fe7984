package dev.bridle.monitor.finished;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What finished runs amount to: at each of some epochs the median of their running averages;
 * between those by linear interpolation, behind the last the last, before the first none.
 *
 * @param epochs rising, from 1 on
 * @param medians at those epochs, finite
 */
public record Reference(List<Integer> epochs, List<Double> medians) {
  public Reference {
    epochs = List.copyOf(epochs);
    medians = List.copyOf(medians);
    if (epochs.isEmpty() || epochs.size() != medians.size()) {
      throw new IllegalArgumentException(
          "a reference needs a median for each epoch: has %d for %d"
              .formatted(medians.size(), epochs.size()));
    }
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i) < 1 || (i > 0 && epochs.get(i) <= epochs.get(i - 1))) {
        throw new IllegalArgumentException("epochs should rise from 1 on: were " + epochs);
      }
      if (!Double.isFinite(medians.get(i))) {
        throw new IllegalArgumentException("medians should be finite: was " + medians.get(i));
      }
    }
  }

  /**
   * Made of finished runs. A run that ended before an epoch counts there with its final average,
   * one that had not reported a value yet does not count; epochs at which fewer than minRuns count
   * are left out. Of an even number the median is the mean of the middle two.
   *
   * @return empty where no epoch has enough runs
   */
  public static Optional<Reference> of(List<FinishedCurve> finished, int minRuns) {
    List<Integer> epochs = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    int last = finished.stream().mapToInt(FinishedCurve::lastEpoch).max().orElse(0);
    for (long cell = 1; last > 0 && cell <= FinishedCurve.cell(last); cell = next(cell)) {
      int epoch = (int) Math.min(cell, last);
      double[] averages =
          finished.stream()
              .map(curve -> curve.at(epoch))
              .flatMapToDouble(OptionalDouble::stream)
              .sorted()
              .toArray();
      if (averages.length >= Math.max(1, minRuns)) {
        epochs.add(epoch);
        medians.add(median(averages));
      }
    }
    return epochs.isEmpty() ? Optional.empty() : Optional.of(new Reference(epochs, medians));
  }

  /** The median to compare with after that epoch. */
  public OptionalDouble at(int epoch) {
    if (epoch < epochs.get(0)) {
      return OptionalDouble.empty();
    }
    int i = epochs.size() - 1;
    while (epochs.get(i) > epoch) {
      i--;
    }
    if (i == epochs.size() - 1) {
      return OptionalDouble.of(medians.get(i));
    }
    double share = (double) (epoch - epochs.get(i)) / (epochs.get(i + 1) - epochs.get(i));
    return OptionalDouble.of((1 - share) * medians.get(i) + share * medians.get(i + 1));
  }

  /** As a policy carries it, and reads it again: pairs of an epoch and its median. */
  public List<List<Number>> pairs() {
    List<List<Number>> pairs = new ArrayList<>();
    for (int i = 0; i < epochs.size(); i++) {
      pairs.add(List.of(epochs.get(i), medians.get(i)));
    }
    return pairs;
  }

  private static long next(long cell) {
    return cell >= Integer.MAX_VALUE ? Long.MAX_VALUE : FinishedCurve.cell((int) cell + 1);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }
}
