package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.ComputedMoments;
import java.util.Arrays;

/**
 * The moments of the softmax of normal logits, row by row, as means over the points of {@link
 * NormalCubature}. All points of a class lie next to each other, so that the compiler computes
 * several at once. Not thread-safe.
 */
final class NormalSoftmax {
  private static final int FACTORS = 16;

  private final double[][] half;
  private final int classes;
  private final int points;
  private final double[] logits;
  private final double[] exponents;
  private final double[] spread;
  private final double[] greatest;
  private final double[] sums;
  private final double[] entropies;
  private final int[] winners;
  private double logs;
  private final ComputedMoments found;

  /**
   * @param half of the points, [classes][half of them]
   */
  NormalSoftmax(double[][] half, int rows) {
    this.half = half;
    this.classes = half.length;
    this.points = 2 * half[0].length;
    this.logits = new double[classes * points];
    this.exponents = new double[classes * points];
    this.spread = new double[points / 2];
    this.greatest = new double[points];
    this.sums = new double[points];
    this.entropies = new double[points];
    this.winners = new int[points];
    int numbers = rows * classes;
    this.found =
        new ComputedMoments(
            rows,
            classes,
            points,
            new double[numbers],
            new double[numbers],
            new double[rows],
            new double[numbers]);
  }

  /** Of the rows that were computed. */
  ComputedMoments found() {
    return found;
  }

  /**
   * Computes a row.
   *
   * @param means of the logits, of all rows
   * @param roots of the logits' covariances, as {@link Cholesky} gives them
   * @param at place of the row's own root
   */
  void compute(int row, float[] means, double[][] roots, int at) {
    place(means, row * classes, roots, at);
    softmax();
    sum(row);
  }

  private void place(float[] means, int offset, double[][] roots, int of) {
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    int mirrored = spread.length;
    int at = 0;
    for (int i = 0; i < classes; i++) {
      Arrays.fill(spread, 0);
      for (int j = 0; j <= i; j++) {
        addScaled(roots[at++][of], half[j], spread);
      }
      double middle = means[offset + i];
      int first = i * points;
      for (int point = 0; point < mirrored; point++) {
        logits[first + point] = middle + spread[point];
      }
      for (int point = 0; point < mirrored; point++) {
        logits[first + mirrored + point] = middle - spread[point];
      }
      for (int point = 0; point < points; point++) {
        winners[point] = logits[first + point] > greatest[point] ? i : winners[point];
        greatest[point] = Math.max(greatest[point], logits[first + point]);
      }
    }
  }

  /** With e the exponentials of the logits z: H = ln sum e - sum e z / sum e. */
  private void softmax() {
    for (int first = 0; first < logits.length; first += points) {
      for (int point = 0; point < points; point++) {
        exponents[first + point] = logits[first + point] - greatest[point];
      }
    }
    System.arraycopy(exponents, 0, logits, 0, logits.length);
    Exponentials.replace(logits);
    Arrays.fill(sums, 0);
    Arrays.fill(entropies, 0);
    for (int first = 0; first < logits.length; first += points) {
      for (int point = 0; point < points; point++) {
        sums[point] += logits[first + point];
        entropies[point] += logits[first + point] * exponents[first + point];
      }
    }
    logs = sumOfLogs(sums);
    for (int point = 0; point < points; point++) {
      sums[point] = 1 / sums[point];
      entropies[point] *= sums[point];
    }
  }

  /** Of numbers from 1 to the number of classes, as the logarithms of the products of some. */
  private static double sumOfLogs(double[] numbers) {
    double sum = 0;
    double product = 1;
    for (int at = 0; at < numbers.length; at++) {
      product *= numbers[at];
      if ((at + 1) % FACTORS == 0) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return sum + Math.log(product);
  }

  private void sum(int row) {
    for (int i = 0; i < classes; i++) {
      int first = i * points;
      double mean = 0;
      double square = 0;
      for (int point = 0; point < points; point += 2) {
        double one = logits[first + point] * sums[point];
        double other = logits[first + point + 1] * sums[point + 1];
        mean += one + other;
        square += one * one + other * other;
      }
      mean /= points;
      found.means()[row * classes + i] = mean;
      found.variances()[row * classes + i] = nonnegative(square / points - mean * mean);
    }
    double entropy = logs;
    double share = 1.0 / points;
    for (int point = 0; point < points; point++) {
      entropy -= entropies[point];
      found.votes()[row * classes + winners[point]] += share;
    }
    found.entropies()[row] = entropy * share;
  }

  /** Rounding may cross 0; NaN stays NaN. */
  private static double nonnegative(double variance) {
    return variance < 0 ? 0 : variance;
  }

  /** {@code to += factor numbers}. */
  private static void addScaled(double factor, double[] numbers, double[] to) {
    for (int at = 0; at < to.length; at++) {
      to[at] += factor * numbers[at];
    }
  }
}
