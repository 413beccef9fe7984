package dev.bridle.trainer.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Wrong labels on purpose, to make overfitting visible. */
public final class LabelNoise {
  private LabelNoise() {}

  /**
   * Draws a share of the labels anew, uniformly over all classes: with k classes about (k - 1) / k
   * of them become wrong.
   *
   * @param labels those of rows that have none stay so
   * @param share in [0, 1]; the nearest whole number of labels is drawn
   */
  public static int[] resample(int[] labels, double share, int classes, long seed) {
    int[] noisy = labels.clone();
    int[] labeled =
        IntStream.range(0, labels.length).filter(row -> labels[row] != Rows.UNLABELED).toArray();
    long drawn = Math.round(labeled.length * share);
    int[] order = Shuffle.of(labeled, seed);
    SplittableRandom random = new SplittableRandom(~seed);
    for (int i = 0; i < drawn; i++) {
      noisy[order[i]] = random.nextInt(classes);
    }
    return noisy;
  }
}
