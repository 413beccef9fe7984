package dev.bridle.benchmarks.report;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a few numbers say of their mean. NaN among them makes all of it NaN.
 *
 * @param count n
 * @param mean of the numbers
 * @param error the mean's standard error, {@code sqrt(sum (x - mean)^2 / (n - 1) / n)}; NaN for n
 *     below 2
 * @param low of Student's interval of 95 %, {@code mean -+ t(0.975, n - 1) error}
 * @param high of the same
 */
public record Interval(int count, double mean, double error, double low, double high) {
  private static final double TAIL = 0.025;

  public static Interval of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    if (n < 2) {
      return new Interval(n, mean, Double.NaN, Double.NaN, Double.NaN);
    }
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double width = TDistribution.of(n - 1).inverseSurvivalProbability(TAIL) * error;
    return new Interval(n, mean, error, mean - width, mean + width);
  }

  /** Of the pairs' differences, {@code before - after}. */
  public static Interval ofPairs(double[] before, double[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(
          "pairs should be of equal numbers: were %d and %d"
              .formatted(before.length, after.length));
    }
    double[] differences = new double[before.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = before[i] - after[i];
    }
    return of(differences);
  }
}
