package dev.bridle.inference.mask;

/**
 * Standard normal numbers as a pure function of (seed, sample, place), by Box and Muller (1958).
 */
public final class NormalDraws {
  private static final int NO_LAYER = -1;

  private final long seed;
  private final long[] words;

  /**
   * @param places how many numbers a sample has
   */
  public NormalDraws(long seed, int places) {
    this.seed = seed;
    this.words = new long[places];
  }

  public void fill(int sample, double[] numbers) {
    MaskWords.fill(seed, NO_LAYER, sample, words);
    for (int place = 0; place < numbers.length; place++) {
      double radius = ((words[place] >>> Integer.SIZE) + 1) * 0x1p-32;
      double angle = 2 * Math.PI * (words[place] & 0xFFFFFFFFL) * 0x1p-32;
      numbers[place] = Math.sqrt(-2 * Math.log(radius)) * Math.cos(angle);
    }
  }
}
