package dev.bridle.inference.engine;

/**
 * The roots L of covariances, L L^T = covariance, all lower triangles, row by row. Those of several
 * rows of a request lie next to each other, so that the compiler computes several at once; each is
 * computed as if it were alone.
 */
final class Cholesky {
  /** Below this share of the variance a pivot is rounding, and its column 0: the rank is less. */
  private static final double TOLERANCE = 1e-6;

  private Cholesky() {}

  /**
   * Of so many covariances, one behind the other, from the first on.
   *
   * @param size of each
   * @return [size (size + 1) / 2][count]
   */
  static double[][] roots(float[] covariances, int first, int count, int size) {
    int pairs = at(size, 0);
    double[][] roots = new double[pairs][count];
    for (int pair = 0; pair < pairs; pair++) {
      for (int row = 0; row < count; row++) {
        roots[pair][row] = covariances[(first + row) * pairs + pair];
      }
    }
    double[][] inverse = new double[size][count];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        double[] rest = roots[at(i, j)];
        for (int k = 0; k < j; k++) {
          subtractProduct(roots[at(i, k)], roots[at(j, k)], rest);
        }
        multiply(inverse[j], rest);
      }
      double[] variance = roots[at(i, i)].clone();
      for (int k = 0; k < i; k++) {
        subtractProduct(roots[at(i, k)], roots[at(i, k)], roots[at(i, i)]);
      }
      pivot(variance, roots[at(i, i)], inverse[i]);
    }
    return roots;
  }

  private static void subtractProduct(double[] a, double[] b, double[] from) {
    for (int row = 0; row < from.length; row++) {
      from[row] -= a[row] * b[row];
    }
  }

  private static void multiply(double[] factors, double[] numbers) {
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] *= factors[row];
    }
  }

  /** NaN is no rounding, and stays. */
  private static void pivot(double[] variance, double[] rest, double[] inverse) {
    for (int row = 0; row < rest.length; row++) {
      boolean positive = !(rest[row] <= TOLERANCE * variance[row]);
      rest[row] = positive ? Math.sqrt(rest[row]) : 0;
      inverse[row] = positive ? 1 / rest[row] : 0;
    }
  }

  private static int at(int row, int column) {
    return row * (row + 1) / 2 + column;
  }
}
