package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With their mirror images the points have no odd moments; the even ones are theirs alone. */
class NormalCubatureTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 40})
  void thePointsHaveTheSecondMomentsOfANormalVector(int dimensions) {
    double[][] points = NormalCubature.points(dimensions);
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(meanProduct(points[i], points[j]))
            .as("%d, %d", i, j)
            .isCloseTo(i == j ? 1 : 0, within(0.01));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 40})
  void theirSquaredNormsHaveTheVarianceOfANormalVectors(int dimensions) {
    double[][] points = NormalCubature.points(dimensions);
    int count = points[0].length;
    double[] norms = new double[count];
    for (double[] coordinates : points) {
      for (int at = 0; at < count; at++) {
        norms[at] += coordinates[at] * coordinates[at];
      }
    }
    double squares = 0;
    for (double norm : norms) {
      squares += (norm - dimensions) * (norm - dimensions) / count;
    }
    assertThat(squares).isCloseTo(2 * dimensions, within(1e-6 * dimensions));
  }

  private static double meanProduct(double[] a, double[] b) {
    double sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += a[at] * b[at];
    }
    return sum / a.length;
  }
}
