package dev.bridle.inference.mask;

/**
 * Samples in pairs: the second of a pair drops by the mirrored words, and at p = 0.5 exactly the
 * units that the first keeps. What is linear in a mask cancels in the mean (Hammersley and Morton,
 * 1956). Variance and entropies stay as near as by {@link Independent}, but the variance is biased
 * up by a share of at most 1 / (T - 1), and {@code mean_se} is an upper bound.
 */
final class Antithetic implements MaskMethod {
  @Override
  public String name() {
    return "antithetic";
  }

  @Override
  public boolean isIndependent() {
    return false;
  }

  @Override
  public boolean mayEndEarly() {
    return true;
  }

  @Override
  public Masks masks(DropoutLayer layer, int samples, long seed) {
    DropBits bits = new DropBits(layer);
    return new Masks() {
      private int sample;

      @Override
      public void next(float[] mask) {
        boolean mirrored = sample % 2 == 1;
        if (!mirrored) {
          MaskWords.fill(seed, layer.layer(), sample / 2, bits.words());
        }
        bits.decide(mirrored ? -1L : 0, mask);
        sample++;
      }
    };
  }
}
