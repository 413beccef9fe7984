package dev.bridle.inference.mask;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Decides 64 samples of a unit at a time. With {@code 0.b1 b2 ... bn} the binary digits of p,
 * rounded to 16, a bit that is set with probability p is made from n uniform ones, from the last
 * digit to the first: {@code r = bi ? r | u : r & u}. So p = 0.5 takes one word for 64 samples, and
 * no p more than 16. The {@link #scale} follows the ratio so rounded (by less than 10^-5).
 */
final class DropBits implements Masks {
  private static final int DIGITS = 16;
  private static final int LIMIT = 1 << DIGITS;

  private final int layer;
  private final long seed;
  private final LongUnaryOperator correlation;
  private final int digits;
  private final int ratio;
  private final float scale;
  private final long[] words;
  private int drawn;

  /**
   * @param correlation makes from 64 independent samples of a uniform bit those that are wanted
   */
  DropBits(DropoutLayer layer, long seed, LongUnaryOperator correlation) {
    int rounded = (int) Math.min(LIMIT - 1, Math.round(layer.ratio() * LIMIT));
    int zeros = rounded == 0 ? DIGITS : Integer.numberOfTrailingZeros(rounded);
    this.layer = layer.layer();
    this.seed = seed;
    this.correlation = correlation;
    this.digits = DIGITS - zeros;
    this.ratio = rounded >>> zeros;
    this.scale = (float) LIMIT / (LIMIT - rounded);
    this.words = new long[layer.units()];
  }

  @Override
  public float scale() {
    return scale;
  }

  @Override
  public void next(long[] kept) {
    Arrays.fill(kept, -1L);
    for (int digit = 0; digit < digits; digit++) {
      MaskWords.fill(seed, layer, drawn++, words);
      boolean one = (ratio >>> digit & 1) == 1;
      for (int unit = 0; unit < words.length; unit++) {
        long uniform = correlation.applyAsLong(words[unit]);
        kept[unit] = one ? kept[unit] & ~uniform : kept[unit] | ~uniform;
      }
    }
  }
}
