package dev.bridle.inference.engine;

import dev.bridle.inference.mask.NormalDraws;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.Arrays;

/**
 * Normal draws of a row's logits through the softmax, all draws of a class next to each other, so
 * that the compiler computes several at once. All rows share the standard normal numbers. Not
 * thread-safe.
 */
final class LogitDraws {
  private final double[][] normals;
  private final double[][] logits;
  private final double[] exponents;
  private final double[] greatest;
  private final double[] sums;
  private final double[] entropies;
  private final float[] probabilities;

  LogitDraws(int classes, int draws, long seed) {
    this.normals = new double[classes][draws];
    this.logits = new double[classes][draws];
    this.exponents = new double[draws];
    this.greatest = new double[draws];
    this.sums = new double[draws];
    this.entropies = new double[draws];
    this.probabilities = new float[classes];
    NormalDraws source = new NormalDraws(seed, draws);
    for (int place = 0; place < classes; place++) {
      source.fill(place, normals[place]);
    }
  }

  /**
   * Adds the row's draws.
   *
   * @param root of the covariance, as {@link Cholesky} gives it
   */
  void add(float[] mean, double[] root, int row, SampleAccumulator samples) {
    draw(mean, root);
    softmax();
    for (int draw = 0; draw < sums.length; draw++) {
      double share = 1 / sums[draw];
      for (int i = 0; i < logits.length; i++) {
        probabilities[i] = (float) (logits[i][draw] * share);
      }
      samples.add(row, probabilities, entropies[draw]);
    }
  }

  private void draw(float[] mean, double[] root) {
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    int at = 0;
    for (int i = 0; i < logits.length; i++) {
      double[] drawn = logits[i];
      Arrays.fill(drawn, mean[i]);
      for (int j = 0; j <= i; j++) {
        addScaled(root[at++], normals[j], drawn);
      }
      for (int draw = 0; draw < drawn.length; draw++) {
        greatest[draw] = Math.max(greatest[draw], drawn[draw]);
      }
    }
  }

  private static void addScaled(double factor, double[] numbers, double[] to) {
    for (int at = 0; at < to.length; at++) {
      to[at] += factor * numbers[at];
    }
  }

  /** With e the exponentials of the logits z: H = ln sum e - sum e z / sum e. */
  private void softmax() {
    Arrays.fill(sums, 0);
    Arrays.fill(entropies, 0);
    for (double[] drawn : logits) {
      for (int draw = 0; draw < drawn.length; draw++) {
        drawn[draw] -= greatest[draw];
        exponents[draw] = drawn[draw];
      }
      Exponentials.replace(drawn);
      for (int draw = 0; draw < drawn.length; draw++) {
        sums[draw] += drawn[draw];
        entropies[draw] += drawn[draw] * exponents[draw];
      }
    }
    for (int draw = 0; draw < sums.length; draw++) {
      entropies[draw] = Math.log(sums[draw]) - entropies[draw] / sums[draw];
    }
  }
}
