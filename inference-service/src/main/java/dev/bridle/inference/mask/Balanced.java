package dev.bridle.inference.mask;

import java.util.Arrays;

/**
 * Stratified: of the T samples exactly (1 - p) T keep a unit, or the whole number below or above,
 * drawn so that the expectation stays. Each unit's choice is uniform among all such, by selection
 * sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S), and independent of the
 * other units'. It removes from the error of the mean what is additive over the units. The variance
 * is biased up by a share of at most 1 / (T - 1), and {@code mean_se} is an upper bound.
 */
final class Balanced implements MaskMethod {
  private static final double WORD_32 = 0x1p-32;

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
    private final int[] toKeep;
    private final long[] words;
    private int left;

    private Selection(DropoutLayer layer, int samples, long seed) {
      this.layer = layer;
      this.seed = seed;
      this.left = samples;
      this.toKeep = new int[layer.units()];
      this.words = new long[(layer.units() + 1) / 2];
      double kept = (1 - layer.ratio()) * samples;
      Arrays.setAll(toKeep, unit -> (int) Math.floor(kept));
      MaskWords.fill(seed, layer.layer(), samples, words);
      for (int unit = 0; unit < toKeep.length; unit++) {
        toKeep[unit] += uniform(unit) < kept - Math.floor(kept) ? 1 : 0;
      }
    }

    @Override
    public void next(float[] mask) {
      MaskWords.fill(seed, layer.layer(), left - 1, words);
      float scale = layer.scale();
      for (int unit = 0; unit < mask.length; unit++) {
        boolean kept = uniform(unit) * left < toKeep[unit];
        toKeep[unit] -= kept ? 1 : 0;
        mask[unit] = kept ? scale : 0;
      }
      left--;
    }

    /** In [0, 1): the unit's half of its word. */
    private double uniform(int unit) {
      long half = words[unit >> 1] >>> ((unit & 1) * Integer.SIZE) & 0xFFFFFFFFL;
      return half * WORD_32;
    }
  }
}
