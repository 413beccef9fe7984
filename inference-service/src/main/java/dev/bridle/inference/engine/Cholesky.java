package dev.bridle.inference.engine;

/** The root L of a covariance, L L^T = covariance; both the lower triangle, row by row. */
final class Cholesky {
  /** Below this share of the variance a pivot is rounding, and its column 0: the rank is less. */
  private static final double TOLERANCE = 1e-6;

  private Cholesky() {}

  /** Of the covariance of so many numbers that starts at the offset. */
  static double[] root(float[] covariance, int offset, int size) {
    double[] root = new double[at(size, 0)];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = covariance[offset + at(i, j)];
        for (int k = 0; k < j; k++) {
          rest -= root[at(i, k)] * root[at(j, k)];
        }
        if (i == j) {
          boolean positive = !(rest <= TOLERANCE * covariance[offset + at(i, i)]);
          root[at(i, j)] = positive ? Math.sqrt(rest) : 0;
        } else {
          root[at(i, j)] = root[at(j, j)] == 0 ? 0 : rest / root[at(j, j)];
        }
      }
    }
    return root;
  }

  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }
}
