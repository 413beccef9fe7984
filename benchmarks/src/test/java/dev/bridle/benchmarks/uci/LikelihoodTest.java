package dev.bridle.benchmarks.uci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LikelihoodTest {
  @Test
  void ofOneSampleIsTheNormalsLogDensity() {
    // Standard deviation 0.5, error 1: log(2 / sqrt(2 pi)) - 2.
    assertThat(Likelihood.of(new float[] {3}, new double[] {4}, 4))
        .isCloseTo(Math.log(2 / Math.sqrt(2 * Math.PI)) - 2, within(1e-12));
  }

  @Test
  void ofSeveralIsTheMixturesAndTheMeanOverTheRows() {
    // Samples [T = 2, rows = 2].
    float[] samples = {0, 10, 2, 10};
    double[] truth = {0, 10};
    double first = Math.log((normal(0) + normal(2)) / 2);
    double second = Math.log(normal(0));
    assertThat(Likelihood.of(samples, truth, 1)).isCloseTo((first + second) / 2, within(1e-12));
  }

  @Test
  void farFromAllSamplesItIsSmallAndNotMinusInfinity() {
    assertThat(Likelihood.of(new float[] {0, 1}, new double[] {1000}, 1))
        .isCloseTo(-0.5 * 999 * 999 - Math.log(2) - Math.log(2 * Math.PI) / 2, within(1e-6));
  }

  @Test
  void theErrorIsThatOfEachRowsMean() {
    float[] samples = {0, 10, 2, 14};
    assertThat(Likelihood.rmse(samples, new double[] {1, 10}))
        .isCloseTo(Math.sqrt(2), within(1e-9));
  }

  @Test
  void theChosenPrecisionIsTheBestOfTheGridForTheSamples() {
    // Errors of 2 and -2: the most likely variance is 4.
    Choice choice = Choice.of(0.05, 30, new float[] {0, 0, 0, 0}, new double[] {2, -2});
    assertThat(choice.tau()).isIn(0.2, 0.3);
    assertThat(choice.epochs()).isEqualTo(30);
    assertThat(choice.rate()).isEqualTo(0.05);
  }

  private static double normal(double error) {
    return Math.exp(-error * error / 2) / Math.sqrt(2 * Math.PI);
  }
}
