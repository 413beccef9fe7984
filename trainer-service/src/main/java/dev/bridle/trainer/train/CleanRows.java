package dev.bridle.trainer.train;

import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Shuffle;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The training rows that an epoch's clean loss is measured on: a pass over all of them would cost a
 * third of the epoch's steps, which is more than anything else that is measured.
 */
final class CleanRows {
  private CleanRows() {}

  /**
   * The same rows for all epochs: all of them where there are at most {@code most}, else so many,
   * drawn without replacement. A mean over n of N rows has the standard error sd / sqrt(n) sqrt(1 -
   * n / N), where sd is the rows' deviation. Where the drawn rows leave a target without any label,
   * as {@code partial} heads may have it, all rows are taken.
   *
   * @param seed of the drawing
   */
  static Rows of(Rows training, int most, long seed) {
    if (training.count() <= most) {
      return training;
    }
    int[] shuffled = Shuffle.of(IntStream.range(0, training.count()).toArray(), seed);
    int[] drawn = Arrays.stream(shuffled).limit(most).sorted().toArray();
    Rows sample = training.select(drawn);
    return sample.targets().stream().allMatch(CleanRows::hasLabel) ? sample : training;
  }

  private static boolean hasLabel(float[] target) {
    for (float value : target) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }
}
