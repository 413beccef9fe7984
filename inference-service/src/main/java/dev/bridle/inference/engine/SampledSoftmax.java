package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.Entropy;
import java.util.Arrays;

/**
 * The softmax of a row's samples, by {@link Exponentials}, and its entropy: with {@code x = z - max
 * z}, {@code H = ln(sum e^x) - sum e^x x / sum e^x}, one logarithm a sample. Loops are over the
 * samples of a class, in arrays of their own, for then the compiler takes several at once. Not
 * thread-safe.
 */
final class SampledSoftmax {
  private final double[][] distances;
  private final double[][] probabilities;
  private float[] greatest = new float[0];
  private double[] sums = new double[0];
  private double[] entropies = new double[0];

  SampledSoftmax(int classes) {
    distances = new double[classes][0];
    probabilities = new double[classes][0];
  }

  /**
   * Turns to other samples.
   *
   * @param logits [C][T]; overwritten
   */
  void take(float[][] logits) {
    begin(logits[0].length);
    System.arraycopy(logits[0], 0, greatest, 0, greatest.length);
    for (int c = 1; c < logits.length; c++) {
      raise(greatest, logits[c]);
    }
    for (int c = 0; c < logits.length; c++) {
      lower(logits[c], greatest);
      widen(logits[c], distances[c]);
      System.arraycopy(distances[c], 0, probabilities[c], 0, sums.length);
      Exponentials.replace(probabilities[c]);
      addUp(sums, entropies, probabilities[c], distances[c]);
    }
    for (int sample = 0; sample < sums.length; sample++) {
      double share = 1 / sums[sample];
      entropies[sample] = Entropy.log(sums[sample]) - entropies[sample] * share;
      sums[sample] = share;
    }
    for (double[] ofClass : probabilities) {
      multiply(ofClass, sums);
    }
  }

  private void begin(int samples) {
    if (sums.length != samples) {
      for (int c = 0; c < distances.length; c++) {
        distances[c] = new double[samples];
        probabilities[c] = new double[samples];
      }
      greatest = new float[samples];
      sums = new double[samples];
      entropies = new double[samples];
    }
    Arrays.fill(sums, 0);
    Arrays.fill(entropies, 0);
  }

  /** [C][T]; reused. */
  double[][] probabilities() {
    return probabilities;
  }

  /** [T] in nats; reused. */
  double[] entropies() {
    return entropies;
  }

  private static void raise(float[] greatest, float[] logits) {
    for (int i = 0; i < greatest.length; i++) {
      greatest[i] = Math.max(greatest[i], logits[i]);
    }
  }

  private static void lower(float[] logits, float[] greatest) {
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.max(logits[i] - greatest[i], Exponentials.LEAST);
    }
  }

  private static void widen(float[] numbers, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = numbers[i];
    }
  }

  private static void addUp(
      double[] sums, double[] entropies, double[] exponentials, double[] distances) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += exponentials[i];
      entropies[i] += exponentials[i] * distances[i];
    }
  }

  private static void multiply(double[] numbers, double[] by) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= by[i];
    }
  }
}
