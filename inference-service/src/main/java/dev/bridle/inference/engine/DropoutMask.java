package dev.bridle.inference.engine;

/**
 * The masks of one Dropout: unit u of sample t is kept, and scaled by 1/(1 - p), with probability 1
 * - p, as a pure function of (seed, layer, sample, unit). All rows of a request share them, so that
 * a sample is one sub-network of the ensemble and a row's answer doesn't depend on its neighbors.
 *
 * <p>Dropped when the unit's 32-bit word, unsigned, lies below p 2^32: word u mod 4 of {@link
 * Philox} at counter (u / 4, sample, layer, 0) under the seed.
 */
final class DropoutMask {
  private static final double WORDS = 0x1p32;
  private static final int WORDS_PER_CALL = 4;

  private final int layer;
  private final long threshold;
  private final float scale;

  /**
   * @param ratio p, in [0, 1)
   */
  DropoutMask(int layer, double ratio) {
    if (!(ratio >= 0 && ratio < 1)) {
      throw new IllegalArgumentException("ratio should be in [0, 1): was " + ratio);
    }
    this.layer = layer;
    this.threshold = Math.round(ratio * WORDS);
    this.scale = (float) (1 / (1 - ratio));
  }

  /** Writes the sample's mask over all units: 0 or 1/(1 - p) each. */
  void fill(long seed, int sample, float[] mask) {
    int[] words = new int[WORDS_PER_CALL];
    for (int unit = 0; unit < mask.length; unit++) {
      int place = unit % WORDS_PER_CALL;
      if (place == 0) {
        Philox.words(unit / WORDS_PER_CALL, sample, layer, 0, seed, words);
      }
      mask[unit] = Integer.toUnsignedLong(words[place]) < threshold ? 0 : scale;
    }
  }
}
