package dev.bridle.inference.uncertainty;

/** Shannon's entropy in nats, with 0 log 0 = 0. */
public final class Entropy {
  private static final long ROOT_OF_A_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
  private static final int FRACTION_BITS = 52;
  private static final double LN_2 = Math.log(2);

  private Entropy() {}

  /** p log p; NaN for NaN and for a negative p. */
  static double term(double p) {
    return p > 0 ? p * log(p) : p == 0 ? 0 : Double.NaN;
  }

  /**
   * Of normal positive numbers, right to 10^-13: with {@code p = 2^e m}, m near 1, and {@code s =
   * (m - 1) / (m + 1)}, {@code ln p = e ln 2 + 2 (s + s^3 / 3 + s^5 / 5 + ...)}. It has no table
   * and no branch, so that several are under way at once: an answer of 100 samples of 10 classes
   * needs a thousand, and the JDK's took longer than all else behind the last layer.
   */
  public static double log(double p) {
    long bits = Double.doubleToRawLongBits(p);
    long exponent = bits - ROOT_OF_A_HALF >> FRACTION_BITS;
    double m = Double.longBitsToDouble(bits - (exponent << FRACTION_BITS));
    double s = (m - 1) / (m + 1);
    double q = s * s;
    double upper = 1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13 + q * (1.0 / 15)));
    double series = 1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * upper)));
    return exponent * LN_2 + 2 * s * series;
  }

  /** Of yes or no, with the probability of yes; NaN outside of [0, 1]. */
  static double ofLabel(double p) {
    return -term(p) - term(1 - p);
  }

  /** Of {@code probabilities[offset .. offset + units)}. */
  static double of(float[] probabilities, int offset, int units) {
    double sum = 0;
    for (int unit = 0; unit < units; unit++) {
      sum -= term(probabilities[offset + unit]);
    }
    return sum;
  }
}
