package dev.bridle.inference.mask;

/**
 * Decides 64 units at a time. With {@code 0.b1 b2 ... bn} the binary digits of p, rounded to 16, a
 * bit that is set with probability p is made from n uniform ones, from the last digit to the first:
 * {@code r = bi ? r | u : r & u}. So p = 0.5 takes one word for 64 units, and no p more than 16.
 * What a kept unit is multiplied by follows the ratio so rounded (by less than 10^-5), so that a
 * mask's expectation is 1 exactly.
 */
final class DropBits {
  private static final int DIGITS = 16;
  private static final int LIMIT = 1 << DIGITS;
  private static final int BYTE = 8;

  private final int digits;
  private final int ratio;
  private final long[] words;
  private final float[] expanded;
  private final int units;

  DropBits(DropoutLayer layer) {
    int rounded = (int) Math.min(LIMIT - 1, Math.round(layer.ratio() * LIMIT));
    int zeros = rounded == 0 ? DIGITS : Integer.numberOfTrailingZeros(rounded);
    this.digits = DIGITS - zeros;
    this.ratio = rounded >>> zeros;
    this.units = layer.units();
    this.words = new long[digits * ((units + Long.SIZE - 1) / Long.SIZE)];
    this.expanded = expanded((float) LIMIT / (LIMIT - rounded));
  }

  /** The masks of 8 units for each of the 256 ways to drop them. */
  private static float[] expanded(float scale) {
    float[] masks = new float[(1 << BYTE) * BYTE];
    for (int at = 0; at < masks.length; at++) {
      masks[at] = (at / BYTE >>> (at % BYTE) & 1) == 1 ? 0 : scale;
    }
    return masks;
  }

  /** The words to fill before {@link #decide}. */
  long[] words() {
    return words;
  }

  /**
   * @param flip all bits set for the mirrored mask, which drops a unit where its number is high;
   *     else 0
   */
  void decide(long flip, float[] mask) {
    for (int first = 0, word = 0; first < units; first += Long.SIZE, word += digits) {
      long dropped = dropped(word, flip);
      for (int at = first; at < Math.min(first + Long.SIZE, units); at += BYTE) {
        int from = (int) (dropped & 0xFF) * BYTE;
        System.arraycopy(expanded, from, mask, at, Math.min(BYTE, units - at));
        dropped >>>= BYTE;
      }
    }
  }

  private long dropped(int word, long flip) {
    long dropped = 0;
    for (int digit = 0; digit < digits; digit++) {
      long uniform = words[word + digit] ^ flip;
      dropped = (ratio >>> digit & 1) == 1 ? dropped | uniform : dropped & uniform;
    }
    return dropped;
  }
}
