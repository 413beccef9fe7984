package dev.bridle.monitor.rule;

import java.util.List;

/** Which of two values of a metric is the better. */
enum Direction {
  MIN,
  MAX;

  static final Setting SETTING =
      Setting.choice("mode", List.of("min", "max"), "Whether less or more is better.");

  static Direction of(Settings settings) {
    return settings.text("mode").equals("min") ? MIN : MAX;
  }

  /** Strictly; false where either is NaN. */
  boolean better(double value, double reference) {
    return this == MIN ? value < reference : value > reference;
  }

  /** Whether the value is better than the reference by more than the margin. */
  boolean betterBy(double margin, double value, double reference) {
    return better(value, this == MIN ? reference - margin : reference + margin);
  }

  double best(double a, double b) {
    return better(b, a) ? b : a;
  }
}
