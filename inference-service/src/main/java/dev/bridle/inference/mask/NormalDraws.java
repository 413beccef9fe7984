package dev.bridle.inference.mask;

/**
 * Standard normal numbers as a pure function of (seed, place, sample), by the inverse of their
 * distribution: Wichura's algorithm AS 241, PPND7 (Applied Statistics 37(3), 1988), right to 7
 * digits. Five of six numbers are a ratio of polynomials, which the compiler computes for several
 * at once.
 */
public final class NormalDraws {
  private static final int NO_LAYER = -1;
  private static final double CENTER = 0.425;
  private static final double FAR = 5;

  private final long seed;
  private final long[] words;

  /**
   * @param samples how many numbers a place has
   */
  public NormalDraws(long seed, int samples) {
    this.seed = seed;
    this.words = new long[samples];
  }

  /** Writes the place's number of each sample. */
  public void fill(int place, double[] numbers) {
    MaskWords.fill(seed, NO_LAYER, place, words);
    for (int sample = 0; sample < numbers.length; sample++) {
      numbers[sample] = ((words[sample] >>> 11) + 0.5) * 0x1p-53 - 0.5;
    }
    quantiles(numbers);
  }

  /** Replaces each q by the normal quantile of 0.5 + q. */
  static void quantiles(double[] numbers) {
    double[] central = new double[numbers.length];
    for (int at = 0; at < numbers.length; at++) {
      double r = CENTER * CENTER - numbers[at] * numbers[at];
      central[at] =
          numbers[at]
              * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
              / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
    }
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = Math.abs(numbers[at]) <= CENTER ? central[at] : tail(numbers[at]);
    }
  }

  private static double tail(double q) {
    double r = Math.sqrt(-Math.log(0.5 - Math.abs(q)));
    double quantile;
    if (r <= FAR) {
      r -= 1.6;
      quantile =
          (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
              / ((0.12021132975 * r + 0.73700164250) * r + 1);
    } else {
      r -= FAR;
      quantile =
          (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
              / ((0.012258202635 * r + 0.24197894225) * r + 1);
    }
    return Math.copySign(quantile, q);
  }
}
