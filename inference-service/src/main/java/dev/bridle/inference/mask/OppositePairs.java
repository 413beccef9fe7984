package dev.bridle.inference.mask;

/**
 * Balanced masks of p = 0.5: within 64 samples (the rest at the end) each unit is kept by a random
 * half of them. Every sample has a partner that decides the opposite: the next one, or, so that
 * what is even in two units' masks isn't repeated, for each unit another, by a random rotation of
 * the partners. The last of an odd T decides by itself.
 */
final class OppositePairs implements Masks {
  private final DropoutLayer layer;
  private final long seed;
  private final boolean neighbors;
  private int drawn;
  private int left;

  /**
   * @param neighbors whether the partner is the next sample, for all units
   */
  OppositePairs(DropoutLayer layer, int samples, long seed, boolean neighbors) {
    this.layer = layer;
    this.seed = seed;
    this.neighbors = neighbors;
    this.left = samples;
  }

  @Override
  public float scale() {
    return 2;
  }

  @Override
  public void next(long[] kept) {
    int pairs = Math.min(AT_ONCE, left) / 2;
    MaskWords.fill(seed, layer.layer(), drawn++, kept);
    for (int unit = 0; unit < kept.length; unit++) {
      long firsts = kept[unit] & 0xFFFFFFFFL;
      int by = neighbors ? 0 : (int) ((kept[unit] >>> Integer.SIZE) * pairs >>> Integer.SIZE);
      kept[unit] = spread(firsts) | spread(rotated(~firsts, by, pairs)) << 1;
    }
    left -= AT_ONCE;
  }

  /** The first so many bits, rotated. */
  private static long rotated(long bits, int by, int count) {
    long first = bits & (1L << count) - 1;
    return (first << by | first >>> count - by) & (1L << count) - 1;
  }

  /** Bit i of 32 at place 2i. */
  private static long spread(long bits) {
    bits = (bits | bits << 16) & 0x0000FFFF0000FFFFL;
    bits = (bits | bits << 8) & 0x00FF00FF00FF00FFL;
    bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0FL;
    bits = (bits | bits << 2) & 0x3333333333333333L;
    return (bits | bits << 1) & 0x5555555555555555L;
  }
}
