package dev.bridle.inference.uncertainty;

/** Shannon's entropy in nats, with 0 log 0 = 0. */
final class Entropy {
  private Entropy() {}

  /** p log p; NaN for NaN and for a negative p. */
  static double term(double p) {
    return p == 0 ? 0 : p * Math.log(p);
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
