package dev.bridle.inference.engine;

/**
 * Sums of rows of a matrix, each times a number: four at a time, in loops over arrays of their own,
 * which the compiler runs for several columns at once.
 */
final class WeightedRows {
  private final float[][] rows;

  /**
   * @param values row-major, finite
   */
  WeightedRows(float[] values, int columns) {
    rows = new float[values.length / columns][columns];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * columns, rows[row], 0, columns);
    }
  }

  int count() {
    return rows.length;
  }

  /** Adds the first so many of the named rows, times their factors. */
  void add(int[] named, float[] factors, int count, float[] to) {
    int at = 0;
    for (; at + 1 < count; at += 4) {
      int third = Math.min(at + 2, count - 1);
      int fourth = Math.min(at + 3, count - 1);
      add(
          rows[named[at]],
          factors[at],
          rows[named[at + 1]],
          factors[at + 1],
          rows[named[third]],
          factor(factors, at + 2, count),
          rows[named[fourth]],
          factor(factors, at + 3, count),
          to);
    }
    if (at < count) {
      add(rows[named[at]], factors[at], to);
    }
  }

  /** What is missing to four rows is any row, times 0. */
  private static float factor(float[] factors, int at, int count) {
    return at < count ? factors[at] : 0;
  }

  /** {@code to += (times a + times b) + (times c + times d)}. */
  static void add(
      float[] a,
      float timesA,
      float[] b,
      float timesB,
      float[] c,
      float timesC,
      float[] d,
      float timesD,
      float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += (timesA * a[i] + timesB * b[i]) + (timesC * c[i] + timesD * d[i]);
    }
  }

  /** {@code to += times a}. */
  static void add(float[] a, float times, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * a[i];
    }
  }
}
