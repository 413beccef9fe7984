package dev.bridle.inference.mask;

/**
 * Samples in pairs: the second of a pair drops by the mirrored words, and at p = 0.5 exactly the
 * units that the first keeps. What is odd in a mask cancels in the mean (Hammersley and Morton,
 * 1956), what is even counts half the samples. The variance is biased up by a share of at most 1 /
 * (T - 1), and {@code mean_se} is an upper bound while the odd outweighs the even.
 */
final class Antithetic implements MaskMethod {
  private static final long FIRSTS = 0x5555555555555555L;

  @Override
  public String name() {
    return "antithetic";
  }

  @Override
  public boolean isIndependent() {
    return false;
  }

  @Override
  public boolean isPaired(DropoutLayer layer) {
    return layer.isSymmetric();
  }

  @Override
  public Masks masks(DropoutLayer layer, int samples, long seed) {
    return new DropBits(layer, seed, Antithetic::mirrored);
  }

  /** Behind each bit of the first of a pair its opposite. */
  private static long mirrored(long word) {
    return word & FIRSTS | (~word & FIRSTS) << 1;
  }
}
