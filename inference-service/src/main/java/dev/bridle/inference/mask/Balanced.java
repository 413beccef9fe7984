package dev.bridle.inference.mask;

/**
 * Stratified: of the T samples exactly (1 - p) T keep a unit, or the whole number below or above,
 * drawn so that the expectation stays. Each unit's choice is uniform among all such, by selection
 * sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S), and independent of the
 * other units'. It removes from the error of the mean what is additive over the units. The variance
 * is biased up by a share of at most 1 / (T - 1), and {@code mean_se} is an upper bound.
 */
final class Balanced implements MaskMethod {
  @Override
  public String name() {
    return "balanced";
  }

  @Override
  public boolean isIndependent() {
    return false;
  }

  @Override
  public boolean mayEndEarly() {
    return false;
  }

  @Override
  public Masks masks(DropoutLayer layer, int samples, long seed) {
    return new Selection(layer, samples, seed);
  }

  private static final class Selection implements Masks {
    private final DropoutLayer layer;
    private final long seed;
    private final int scale;
    private final long[] toKeep;
    private final long[] words;
    private int left;

    private Selection(DropoutLayer layer, int samples, long seed) {
      this.layer = layer;
      this.seed = seed;
      this.left = samples;
      this.scale = Float.floatToRawIntBits((float) (1 / (1 - layer.ratio())));
      this.toKeep = new long[layer.units()];
      this.words = new long[(layer.units() + 1) / 2];
      double kept = (1 - layer.ratio()) * samples;
      double rest = kept - Math.floor(kept);
      MaskWords.fill(seed, layer.layer(), samples, words);
      for (int unit = 0; unit < toKeep.length; unit++) {
        toKeep[unit] = (long) Math.floor(kept) + (half(unit) < rest * 0x1p32 ? 1 : 0);
      }
    }

    /**
     * Keeps a unit with probability toKeep / left; without a branch, which nothing could foresee.
     */
    @Override
    public void next(float[] mask) {
      MaskWords.fill(seed, layer.layer(), left - 1, words);
      for (int unit = 0; unit < mask.length; unit++) {
        long kept = (half(unit) * left >>> Integer.SIZE) - toKeep[unit] >> Long.SIZE - 1;
        toKeep[unit] += kept;
        mask[unit] = Float.intBitsToFloat((int) kept & scale);
      }
      left--;
    }

    /** The unit's half of its word, uniform from 0 to 2^32 - 1. */
    private long half(int unit) {
      return words[unit >> 1] >>> ((unit & 1) * Integer.SIZE) & 0xFFFFFFFFL;
    }
  }
}
