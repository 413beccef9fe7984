package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.ComputedMoments;
import java.util.Arrays;

/**
 * The moments of the softmax of normal logits, row by row, as means over the points of {@link
 * NormalCubature}. All points of a class lie next to each other, so that the compiler computes
 * several at once. Not thread-safe.
 */
final class NormalSoftmax {
  private final double[][] half;
  private final int classes;
  private final int points;
  private final double[][] logits;
  private final double[] exponents;
  private final double[] spread;
  private final double[] greatest;
  private final double[] sums;
  private final double[] entropies;
  private final int[] winners;
  private final ComputedMoments found;

  /**
   * @param half of the points, [classes][half of them]
   */
  NormalSoftmax(double[][] half, int rows) {
    this.half = half;
    this.classes = half.length;
    this.points = 2 * half[0].length;
    this.logits = new double[classes][points];
    this.exponents = new double[points];
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
   * @param mean of the logits, from the offset on
   * @param root of their covariance, as {@link Cholesky} gives it
   */
  void compute(int row, float[] mean, int offset, double[] root) {
    place(mean, offset, root);
    softmax();
    sum(row);
  }

  private void place(float[] mean, int offset, double[] root) {
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    int at = 0;
    for (int i = 0; i < classes; i++) {
      Arrays.fill(spread, 0);
      for (int j = 0; j <= i; j++) {
        addScaled(root[at++], half[j], spread);
      }
      double middle = mean[offset + i];
      double[] placed = logits[i];
      for (int point = 0; point < spread.length; point++) {
        placed[point] = middle + spread[point];
      }
      for (int point = 0; point < spread.length; point++) {
        placed[spread.length + point] = middle - spread[point];
      }
      for (int point = 0; point < points; point++) {
        winners[point] = placed[point] > greatest[point] ? i : winners[point];
        greatest[point] = Math.max(greatest[point], placed[point]);
      }
    }
  }

  /** With e the exponentials of the logits z: H = ln sum e - sum e z / sum e. */
  private void softmax() {
    Arrays.fill(sums, 0);
    Arrays.fill(entropies, 0);
    for (double[] placed : logits) {
      for (int point = 0; point < points; point++) {
        placed[point] -= greatest[point];
        exponents[point] = placed[point];
      }
      Exponentials.replace(placed);
      for (int point = 0; point < points; point++) {
        sums[point] += placed[point];
        entropies[point] += placed[point] * exponents[point];
      }
    }
    for (int point = 0; point < points; point++) {
      sums[point] = 1 / sums[point];
      entropies[point] = -Math.log(sums[point]) - entropies[point] * sums[point];
    }
  }

  private void sum(int row) {
    for (int i = 0; i < classes; i++) {
      double[] placed = logits[i];
      double mean = 0;
      double square = 0;
      for (int point = 0; point < points; point += 2) {
        double one = placed[point] * sums[point];
        double other = placed[point + 1] * sums[point + 1];
        mean += one + other;
        square += one * one + other * other;
      }
      mean /= points;
      found.means()[row * classes + i] = mean;
      found.variances()[row * classes + i] = nonnegative(square / points - mean * mean);
    }
    for (int point = 0; point < points; point++) {
      found.entropies()[row] += entropies[point] / points;
      found.votes()[row * classes + winners[point]] += 1.0 / points;
    }
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
