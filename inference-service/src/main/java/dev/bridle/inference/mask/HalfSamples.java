package dev.bridle.inference.mask;

import java.util.Arrays;

/**
 * Balanced masks of p = 0.5, in pieces of 64 samples, and at the end of as many as the powers of
 * two that make up the rest. In a piece a unit is kept by the samples where a Walsh function is 1,
 * or by those where it is -1, which a fair bit decides: by half of them, and of the four ways in
 * which two units of different functions may be kept each is there equally often. These are the
 * balanced half-samples of McCarthy (Review of the International Statistical Institute 37(3),
 * 1969), by the arrays of Plackett and Burman (Biometrika 33(4), 1946).
 *
 * <p>The bits are independent, so every sample by itself is plain Dropout. Which function a unit
 * has is drawn, among as many units as there are functions without repetition: functions 1 to n - 1
 * of a piece of n, where function c is 1 in the samples s in which c and s have an even number of
 * bits in common. Function 0 keeps a unit always or never; it is left for pieces of one sample.
 */
public final class HalfSamples implements Masks {
  private static final long[] WALSH = new long[AT_ONCE];

  static {
    for (int function = 0; function < AT_ONCE; function++) {
      for (int sample = 0; sample < AT_ONCE; sample++) {
        WALSH[function] |= (Integer.bitCount(function & sample) + 1L & 1) << sample;
      }
    }
  }

  private final DropoutLayer layer;
  private final long seed;
  private final long[] words;
  private int drawn;
  private int left;

  HalfSamples(DropoutLayer layer, int samples, long seed) {
    this.layer = layer;
    this.seed = seed;
    this.left = samples;
    this.words = new long[layer.units()];
  }

  /** How many samples the next piece has, when so many are left. */
  public static int piece(int left) {
    return Integer.highestOneBit(Math.min(AT_ONCE, left));
  }

  @Override
  public float scale() {
    return 2;
  }

  @Override
  public void next(long[] kept) {
    Arrays.fill(kept, 0);
    for (int at = 0; at < AT_ONCE && left > 0; ) {
      int samples = piece(left);
      draw(samples, at, kept);
      at += samples;
      left -= samples;
    }
  }

  private void draw(int samples, int at, long[] kept) {
    MaskWords.fill(seed, layer.layer(), drawn++, words);
    long all = -1L >>> AT_ONCE - samples;
    int functions = Math.max(1, samples - 1);
    int[] unused = new int[functions];
    int place = 0;
    for (int unit = 0; unit < kept.length; unit++) {
      if (place == 0) {
        Arrays.setAll(unused, function -> function + samples - functions);
      }
      long low = words[unit] & 0xFFFFFFFFL;
      int chosen = place + (int) (low * (functions - place) >>> Integer.SIZE);
      int function = unused[chosen];
      unused[chosen] = unused[place];
      kept[unit] |= ((WALSH[function] ^ words[unit] >> Long.SIZE - 1) & all) << at;
      place = place + 1 == functions ? 0 : place + 1;
    }
  }
}
