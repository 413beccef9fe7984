package dev.bridle.trainer.data;

import java.util.SplittableRandom;

/** The permutation of Fisher and Yates, drawn from a seed. */
public final class Shuffle {
  private Shuffle() {}

  public static int[] of(int[] values, long seed) {
    int[] shuffled = values.clone();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = held;
    }
    return shuffled;
  }
}
