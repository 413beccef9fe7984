package dev.bridle.inference.engine;

/**
 * Exponentials of many numbers that are at most 0: {@code e^x = (e^(x / 1024))^1024}, a Taylor
 * polynomial of degree 7 squared ten times. The JDK's own is right to the last bit, but one at a
 * time; this is right to 10^-11, and what is below e^-60 is e^-60, for the sum of a softmax no more
 * than 0. NaN stays NaN.
 */
final class Exponentials {
  /** What is below is taken for it. */
  static final float LEAST = -60;

  private static final int SQUARINGS = 10;

  private Exponentials() {}

  /** Replaces each number. */
  static void replace(double[] numbers) {
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = Math.max(numbers[at], LEAST) / (1 << SQUARINGS);
    }
    for (int at = 0; at < numbers.length; at++) {
      double x = numbers[at];
      double upper = 1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x * (1.0 / 5040)));
      double e = 1 + x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * upper)));
      numbers[at] = squaredFiveTimes(e);
    }
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = squaredFiveTimes(numbers[at]);
    }
  }

  /** In a loop of its own the compiler would not run several numbers at once. */
  private static double squaredFiveTimes(double number) {
    double square = number * number;
    square *= square;
    square *= square;
    square *= square;
    return square * square;
  }
}
