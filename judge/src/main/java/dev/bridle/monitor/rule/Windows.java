package dev.bridle.monitor.rule;

import java.util.ArrayList;
import java.util.List;

/** The newest values of a metric, the newest last. */
final class Windows {
  private Windows() {}

  /** With one more, and without the oldest where there are too many. */
  static <T> List<T> with(List<T> window, T value, int size) {
    int first = Math.max(0, window.size() + 1 - size);
    List<T> next = new ArrayList<>(window.size() + 1 - first);
    for (int i = first; i < window.size(); i++) {
      next.add(window.get(i));
    }
    next.add(value);
    return next;
  }

  static double mean(List<? extends Number> values) {
    double sum = 0;
    for (Number value : values) {
      sum += value.doubleValue();
    }
    return sum / values.size();
  }

  /** Of the whole population: divided by n. NaN if any value is. */
  static double standardDeviation(List<? extends Number> values) {
    double mean = mean(values);
    double squares = 0;
    for (Number value : values) {
      double distance = value.doubleValue() - mean;
      squares += distance * distance;
    }
    return Math.sqrt(squares / values.size());
  }
}
