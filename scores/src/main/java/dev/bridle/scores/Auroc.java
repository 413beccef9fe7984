package dev.bridle.scores;

import java.util.Arrays;

/**
 * How well a score tells rows of another kind from known ones: the probability that one of them has
 * the greater score, ties counted half (Mann and Whitney, 1947). 0.5 is a guess, 1 is perfect.
 */
public final class Auroc {
  private Auroc() {}

  /**
   * @param known scores of the rows that the model should know, one at least
   * @param other scores of the others, one at least
   */
  public static double of(float[] known, float[] other) {
    float[] sorted = known.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (float score : other) {
      int below = firstAtLeast(sorted, score);
      int notAbove = firstAtLeast(sorted, Math.nextUp(score));
      wins += below + (notAbove - below) / 2.0;
    }
    return wins / known.length / other.length;
  }

  private static int firstAtLeast(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
