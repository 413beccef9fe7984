package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExponentialsTest {
  @Test
  void theyAreTheExponentialsOfWhatASoftmaxNeeds() {
    double[] exponents = new double[6_001];
    for (int at = 0; at < exponents.length; at++) {
      exponents[at] = -at * 0.01;
    }
    double[] found = exponents.clone();
    Exponentials.replace(found);
    for (int at = 0; at < found.length; at++) {
      double expected = Math.exp(exponents[at]);
      assertThat(found[at]).isCloseTo(expected, within(1e-10 * expected));
    }
    assertThat(found[0]).isEqualTo(1);
  }

  @Test
  void whatIsTooSmallToMatterStaysSoAndNaNStaysNaN() {
    double[] found = {-60.5, -1e9, Double.NEGATIVE_INFINITY, Double.NaN};
    Exponentials.replace(found);
    assertThat(found[0]).isEqualTo(found[1]).isEqualTo(found[2]).isBetween(0.0, 1e-26);
    assertThat(found[3]).isNaN();
  }
}
