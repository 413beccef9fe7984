package dev.bridle.inference.mask;

/**
 * Decides units by words of 16 bits, four of them in a word of 64: dropped when the unit's lies
 * below p 2^16. A kept unit's scale follows the ratio so rounded (by less than 10^-5), so that a
 * mask's expectation is 1 exactly. Unit u of n uses quarter u / m of word u mod m, m = ceil(n / 4).
 */
final class Threshold {
  private static final int QUARTER_BITS = 16;
  private static final int QUARTERS = Long.SIZE / QUARTER_BITS;
  private static final int LIMIT = 1 << QUARTER_BITS;

  private final int limit;
  private final float scale;
  private final long[] words;

  Threshold(DropoutLayer layer) {
    this.limit = (int) Math.min(LIMIT - 1, Math.round(layer.ratio() * LIMIT));
    this.scale = (float) LIMIT / (LIMIT - limit);
    this.words = new long[(layer.units() + QUARTERS - 1) / QUARTERS];
  }

  /** The words to fill before {@link #decide}. */
  long[] words() {
    return words;
  }

  /**
   * @param flip all bits set for the mirrored mask, which drops a unit where its word is high; else
   *     0
   */
  void decide(long flip, float[] mask) {
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      int from = quarter * words.length;
      int count = Math.min(words.length, mask.length - from);
      int shift = quarter * QUARTER_BITS;
      for (int at = 0; at < count; at++) {
        int word = (int) ((words[at] ^ flip) >>> shift) & (LIMIT - 1);
        mask[from + at] = word < limit ? 0 : scale;
      }
    }
  }
}
