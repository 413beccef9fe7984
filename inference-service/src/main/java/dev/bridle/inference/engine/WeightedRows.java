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

  /** Adds those rows times their factors that are named from the first place to before the end. */
  void add(int[] named, float[] factors, int first, int end, float[] to) {
    int at = first;
    for (; at + 1 < end; at += 4) {
      // What is missing to four is any row, times 0.
      int third = Math.min(at + 2, end - 1);
      int fourth = Math.min(at + 3, end - 1);
      add(
          rows[named[at]],
          factors[at],
          rows[named[at + 1]],
          factors[at + 1],
          rows[named[third]],
          third == at + 2 ? factors[third] : 0,
          rows[named[fourth]],
          fourth == at + 3 ? factors[fourth] : 0,
          to);
    }
    if (at < end) {
      add(rows[named[at]], factors[at], to);
    }
  }

  private static void add(
      float[] a,
      float times,
      float[] b,
      float timesB,
      float[] c,
      float timesC,
      float[] d,
      float timesD,
      float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += (times * a[i] + timesB * b[i]) + (timesC * c[i] + timesD * d[i]);
    }
  }

  /** {@code to += times a}. */
  static void add(float[] a, float times, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * a[i];
    }
  }
}
