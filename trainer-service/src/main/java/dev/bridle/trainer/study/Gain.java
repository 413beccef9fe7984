package dev.bridle.trainer.study;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What something bought, over seeds that both sides share: the mean of the pairs' differences with
 * its interval of 95 %, by Student's t on n - 1 degrees of freedom (Student, 1908).
 *
 * @param pairs seeds for which both sides have a result
 * @param mean in the metric's unit, above 0 for the better; NaN without a pair
 * @param low of the interval; NaN for fewer than two pairs
 * @param high of the interval; NaN for fewer than two pairs
 */
public record Gain(int pairs, double mean, double low, double high, Verdict verdict) {
  private static final double TAIL = 0.025;

  /** What the interval says. */
  public enum Verdict {
    /** It is above 0. */
    HELPS,
    /** It is below 0. */
    HARMS,
    /** It holds 0, or there are too few pairs. */
    NOT_SHOWN
  }

  /**
   * @param differences one a pair, above 0 for the better
   */
  static Gain of(double[] differences) {
    int n = differences.length;
    double mean = 0;
    for (double difference : differences) {
      mean += difference / n;
    }
    if (n < 2) {
      return new Gain(n, n == 0 ? Double.NaN : mean, Double.NaN, Double.NaN, Verdict.NOT_SHOWN);
    }
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    double error = Math.sqrt(squares / (n - 1) / n);
    double width = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL) * error;
    Verdict verdict =
        mean - width > 0 ? Verdict.HELPS : mean + width < 0 ? Verdict.HARMS : Verdict.NOT_SHOWN;
    return new Gain(n, mean, mean - width, mean + width, verdict);
  }
}
