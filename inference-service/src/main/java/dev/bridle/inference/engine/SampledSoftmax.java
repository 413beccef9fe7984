package dev.bridle.inference.engine;

import java.util.Arrays;

/**
 * The softmax of a row's samples, by {@link Exponentials}, and its entropy: with {@code x = z - max
 * z}, {@code H = ln(sum e^x) - sum e^x x / sum e^x}, one logarithm a sample. Loops run over the
 * samples, of which the compiler takes several at once. Not thread-safe.
 */
final class SampledSoftmax {
  private final int classes;
  private double[] distances = new double[0];
  private double[] probabilities = new double[0];
  private float[] greatest = new float[0];
  private double[] sums = new double[0];
  private double[] entropies = new double[0];

  SampledSoftmax(int classes) {
    this.classes = classes;
  }

  /**
   * Turns to other samples.
   *
   * @param logits [C, T] from the offset on
   * @param count T
   */
  void take(float[] logits, int offset, int count) {
    if (entropies.length != count) {
      distances = new double[classes * count];
      probabilities = new double[classes * count];
      greatest = new float[count];
      sums = new double[count];
      entropies = new double[count];
    }
    System.arraycopy(logits, offset, greatest, 0, count);
    for (int c = 1; c < classes; c++) {
      raise(logits, offset + c * count);
    }
    for (int c = 0; c < classes; c++) {
      measure(logits, offset + c * count, c * count);
    }
    System.arraycopy(distances, 0, probabilities, 0, distances.length);
    Exponentials.replace(probabilities);
    Arrays.fill(sums, 0);
    Arrays.fill(entropies, 0);
    for (int c = 0; c < classes; c++) {
      addUp(c * count);
    }
    for (int sample = 0; sample < count; sample++) {
      double share = 1 / sums[sample];
      entropies[sample] = Math.log(sums[sample]) - entropies[sample] * share;
      sums[sample] = share;
    }
    for (int c = 0; c < classes; c++) {
      scale(c * count);
    }
  }

  /** [C, T]; reused. */
  double[] probabilities() {
    return probabilities;
  }

  /** [T] in nats; reused. */
  double[] entropies() {
    return entropies;
  }

  private void raise(float[] logits, int from) {
    for (int sample = 0; sample < greatest.length; sample++) {
      greatest[sample] = Math.max(greatest[sample], logits[from + sample]);
    }
  }

  private void measure(float[] logits, int from, int to) {
    for (int sample = 0; sample < greatest.length; sample++) {
      distances[to + sample] =
          Math.max(logits[from + sample] - greatest[sample], Exponentials.LEAST);
    }
  }

  private void addUp(int from) {
    for (int sample = 0; sample < sums.length; sample++) {
      sums[sample] += probabilities[from + sample];
      entropies[sample] += probabilities[from + sample] * distances[from + sample];
    }
  }

  private void scale(int from) {
    for (int sample = 0; sample < sums.length; sample++) {
      probabilities[from + sample] *= sums[sample];
    }
  }
}
