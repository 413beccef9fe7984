package dev.bridle.inference.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalDrawsTest {
  private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);

  @Test
  void theyAreTheQuantilesOfANormalDistribution() {
    double[] shares = new double[20_000];
    for (int at = 0; at < shares.length; at++) {
      shares[at] = at < 40 ? 0.3 * Math.pow(2, -at) : (at - 40 + 0.5) / (shares.length - 40);
    }
    double[] found = shares.clone();
    for (int at = 0; at < found.length; at++) {
      found[at] -= 0.5;
    }
    NormalDraws.quantiles(found);
    for (int at = 0; at < found.length; at++) {
      double expected = STANDARD.inverseCumulativeProbability(shares[at]);
      assertThat(found[at])
          .as("%s", shares[at])
          .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }
  }

  @Test
  void theyHaveTheMomentsOfOneAndAreAFunctionOfTheirKeys() {
    int samples = 100_000;
    double[] one = new double[samples];
    new NormalDraws(5, samples).fill(0, one);
    double mean = Arrays.stream(one).average().orElseThrow();
    double square = Arrays.stream(one).map(x -> x * x).average().orElseThrow();
    double fourth = Arrays.stream(one).map(x -> x * x * x * x).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(5 / Math.sqrt(samples)));
    assertThat(square).isCloseTo(1, within(5 * Math.sqrt(2.0 / samples)));
    assertThat(fourth).isCloseTo(3, within(5 * Math.sqrt(96.0 / samples)));
    double[] fewer = new double[samples / 2];
    new NormalDraws(5, fewer.length).fill(0, fewer);
    assertThat(fewer).containsExactly(Arrays.copyOf(one, fewer.length));
    double[] other = new double[samples];
    new NormalDraws(5, samples).fill(1, other);
    double product = 0;
    for (int at = 0; at < samples; at++) {
      product += one[at] * other[at] / samples;
    }
    assertThat(product).isCloseTo(0, within(5 / Math.sqrt(samples)));
  }
}
