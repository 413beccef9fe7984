package dev.bridle.trainer.regularization;

/** Euclidean norms. */
public final class Norms {
  private static final int LANES = 256;
  private static final int BLOCK = 64 * LANES;
  private static final double LEAST_OF_FLOATS = 1e-30;

  private Norms() {}

  /**
   * The sum of the squares. Steps take it of all gradients, so it is summed in floats that the
   * processor adds side by side, block by block in doubles, with a relative error below 1e-5; in
   * doubles alone where floats would overflow or vanish. NaN if a value is.
   */
  public static double squared(float[] values) {
    double sum = 0;
    float[] lanes = new float[LANES];
    int from = 0;
    while (values.length - from >= LANES) {
      int end = Math.min(values.length, from + BLOCK) - LANES;
      for (; from <= end; from += LANES) {
        addSquares(values, from, lanes);
      }
      for (int i = 0; i < LANES; i++) {
        sum += lanes[i];
        lanes[i] = 0;
      }
    }
    sum += inDoubles(values, from);
    return sum > LEAST_OF_FLOATS && sum < Double.POSITIVE_INFINITY ? sum : inDoubles(values, 0);
  }

  private static void addSquares(float[] values, int from, float[] lanes) {
    for (int i = 0; i < LANES; i++) {
      lanes[i] += values[from + i] * values[from + i];
    }
  }

  private static double inDoubles(float[] values, int from) {
    double sum = 0;
    for (int i = from; i < values.length; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }
}
