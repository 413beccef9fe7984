package dev.bridle.monitor.rule;

import java.util.Locale;

/** Numbers in sentences. */
final class Texts {
  private Texts() {}

  /** Four significant digits. */
  static String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.4g", value)
        : Double.toString(value);
  }

  static String epochs(int count) {
    return count == 1 ? "1 epoch" : count + " epochs";
  }
}
