package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyTest {
  /** 4 2 -2; 2 10 5; -2 5 14, and a matrix of rank 1, and one that is not a number. */
  private static final float[] COVARIANCES = {
    4, 2, 10, -2, 5, 14, 1, 2, 4, 3, 6, 9, Float.NaN, 0, 1, 0, 0, 1
  };

  @Test
  void aRootTimesItselfIsTheCovariance() {
    double[][] roots = Cholesky.roots(COVARIANCES, 0, 3, 3);
    assertThat(of(roots, 0)).containsExactly(new double[] {2, 1, 3, -1, 2, 3}, within(1e-12));
    assertThat(of(roots, 1)).containsExactly(new double[] {1, 2, 0, 3, 0, 0}, within(1e-12));
    assertThat(of(roots, 2)[0]).isNaN();
  }

  @Test
  void eachHasTheBitsThatItWouldHaveAlone() {
    assertThat(of(Cholesky.roots(COVARIANCES, 1, 1, 3), 0))
        .containsExactly(of(Cholesky.roots(COVARIANCES, 0, 3, 3), 1));
  }

  private static double[] of(double[][] roots, int row) {
    double[] root = new double[roots.length];
    for (int pair = 0; pair < root.length; pair++) {
      root[pair] = roots[pair][row];
    }
    return root;
  }
}
