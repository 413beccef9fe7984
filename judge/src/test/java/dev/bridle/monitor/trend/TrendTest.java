package dev.bridle.monitor.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Test
  void studentsTIsThatOfTheTables() {
    // Two-sided 95 % and one-sided 99 % quantiles.
    assertThat(StudentT.cumulative(12.7062, 1)).isCloseTo(0.975, within(1e-6));
    assertThat(StudentT.cumulative(4.30265, 2)).isCloseTo(0.975, within(1e-6));
    assertThat(StudentT.cumulative(2.36462, 7)).isCloseTo(0.975, within(1e-6));
    assertThat(StudentT.cumulative(-2.42584, 39)).isCloseTo(0.01, within(1e-6));
    assertThat(StudentT.cumulative(0, 12)).isCloseTo(0.5, within(1e-12));
    assertThat(StudentT.cumulative(Double.NEGATIVE_INFINITY, 5)).isZero();
    assertThat(StudentT.cumulative(Double.POSITIVE_INFINITY, 6)).isEqualTo(1);
    assertThat(StudentT.cumulative(Double.NaN, 6)).isNaN();
  }

  @Test
  void findsTheNoiseTheLevelAndTheSlope() {
    Trend trend = trend(40, noisy(e -> 2 - 0.01 * e, 0.05));

    assertThat(trend.noise()).isCloseTo(0.05, within(0.015));
    assertThat(trend.level()).isCloseTo(1.6, within(0.05));
    assertThat(trend.slope()).isCloseTo(-0.01, within(0.004));
    assertThat(trend.middle()).isCloseTo(1.79, within(0.03));
  }

  @Test
  void isSureOfWhatIsPlain() {
    assertThat(improvement(trend(40, e -> 2 - 0.01 * e), 0.05)).isGreaterThan(0.99);
    assertThat(improvement(trend(40, e -> 2 - 0.01 * e), 0.15)).isLessThan(0.01);
    assertThat(improvement(trend(40, e -> 0.01 * e), 0)).isLessThan(0.01);
    assertThat(improvement(trend(40, e -> 1), 0)).isLessThan(1e-5);
    assertThat(improvement(trend(40, e -> 0), 0)).isLessThan(1e-5);
  }

  @Test
  void isUnsureOfALineHiddenInNoise() {
    assertThat(improvement(trend(12, noisy(e -> 2 - 0.01 * e, 0.3)), 0.05)).isBetween(0.06, 0.94);
  }

  @Test
  void oneSpikeToTheWorseChangesLittle() {
    IntToDoubleFunction calm = noisy(e -> 2 - 0.01 * e, 0.02);
    Trend spiked = trend(40, e -> e == 30 ? 9 : calm.applyAsDouble(e));

    assertThat(spiked.noise()).isLessThan(0.04);
    assertThat(spiked.slope()).isCloseTo(-0.01, within(0.004));
  }

  @Test
  void anOlderBestHasToBeBeaten() {
    Trend falling = trend(40, noisy(e -> 2 - 0.01 * e, 0.01));

    assertThat(falling.improvement(0, Double.NaN, 0)).isGreaterThan(0.95);
    assertThat(falling.improvement(0, 1.0, 0.01)).isLessThan(0.01);
  }

  @Test
  void scalesWithItsObservations() {
    IntToDoubleFunction curve = noisy(e -> 1 + 1.0 / e, 0.02);
    double expected = improvement(trend(30, curve), 0.004);
    for (double scale : new double[] {1e-300, 1e-9, 1e9, 1e300}) {
      assertThat(improvement(trend(30, e -> scale * curve.applyAsDouble(e)), scale * 0.004))
          .isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void refusesTooFewObservations() {
    assertThatThrownBy(() -> trend(7, e -> e))
        .hasMessage("a trend takes at least 8 observations: had 7");
  }

  private static double improvement(Trend trend, double margin) {
    return trend.improvement(margin, Double.NaN, 0);
  }

  private static IntToDoubleFunction noisy(IntToDoubleFunction curve, double noise) {
    double[] draws = new Random(11).doubles(200, -Math.sqrt(3), Math.sqrt(3)).toArray();
    return e -> curve.applyAsDouble(e) + noise * draws[e];
  }

  private static Trend trend(int count, IntToDoubleFunction curve) {
    int[] epochs = new int[count];
    Arrays.setAll(epochs, i -> i + 1);
    return new Trend(epochs, Arrays.stream(epochs).mapToDouble(curve::applyAsDouble).toArray(), 10);
  }
}
