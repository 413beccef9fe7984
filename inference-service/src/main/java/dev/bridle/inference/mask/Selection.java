package dev.bridle.inference.mask;

import java.util.Arrays;

/**
 * Balanced masks of any p: each unit's choice is uniform among all that keep it so often, by
 * selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S), and
 * independent of the other units'.
 */
final class Selection implements Masks {
  private final DropoutLayer layer;
  private final long seed;
  private final long[] toKeep;
  private final long[] words;
  private int left;

  Selection(DropoutLayer layer, int samples, long seed) {
    this.layer = layer;
    this.seed = seed;
    this.left = samples;
    this.toKeep = new long[layer.units()];
    this.words = new long[(layer.units() + 1) / 2];
    double kept = (1 - layer.ratio()) * samples;
    double rest = kept - Math.floor(kept);
    MaskWords.fill(seed, layer.layer(), samples, words);
    for (int unit = 0; unit < toKeep.length; unit++) {
      toKeep[unit] = (long) Math.floor(kept) + (half(unit) < rest * 0x1p32 ? 1 : 0);
    }
  }

  @Override
  public float scale() {
    return (float) (1 / (1 - layer.ratio()));
  }

  @Override
  public void next(long[] kept) {
    Arrays.fill(kept, 0);
    for (int sample = 0; sample < AT_ONCE && left > 0; sample++) {
      MaskWords.fill(seed, layer.layer(), left - 1, words);
      for (int unit = 0; unit < kept.length; unit++) {
        // Kept with probability toKeep / left; without a branch, which nothing could foresee.
        long all = (half(unit) * left >>> Integer.SIZE) - toKeep[unit] >> Long.SIZE - 1;
        toKeep[unit] += all;
        kept[unit] |= all & 1L << sample;
      }
      left--;
    }
  }

  /** The unit's half of its word, uniform from 0 to 2^32 - 1. */
  private long half(int unit) {
    return words[unit >> 1] >>> ((unit & 1) * Integer.SIZE) & 0xFFFFFFFFL;
  }
}
