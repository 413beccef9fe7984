package dev.bridle.inference.engine;

/**
 * Exponentials of many numbers that are at most 0: {@code e^x = (e^(x / 1024))^1024}, a Taylor
 * polynomial of degree 7 squared ten times. The JDK's own is right to the last bit, but one at a
 * time; this is right to 10^-11, and what is below e^-60 is e^-60, for the sum of a softmax no more
 * than 0. NaN stays NaN.
 */
final class Exponentials {
  private static final double LEAST = -60;

  private Exponentials() {}

  static double of(double x) {
    double y = Math.max(x, LEAST) * 0x1p-10;
    double power =
        1
            + y
                * (1
                    + y
                        * (1.0 / 2
                            + y
                                * (1.0 / 6
                                    + y
                                        * (1.0 / 24
                                            + y
                                                * (1.0 / 120
                                                    + y * (1.0 / 720 + y * (1.0 / 5040)))))));
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    return power * power;
  }

  /**
   * Replaces each z by {@code e^(z - greatest)}, and adds it to the sums, and its product with its
   * exponent to the others.
   */
  static void replace(double[] numbers, double[] greatest, double[] sums, double[] products) {
    for (int at = 0; at < numbers.length; at++) {
      double exponent = numbers[at] - greatest[at];
      double power = of(exponent);
      numbers[at] = power;
      sums[at] += power;
      products[at] += power * exponent;
    }
  }
}
