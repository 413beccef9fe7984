package dev.bridle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void isStudentsOfFiveNumbers() {
    // Deviation sqrt(2.5), t(0.975, 4) = 2.776445.
    Interval interval = Interval.of(1, 2, 3, 4, 5);
    assertThat(interval.mean()).isEqualTo(3);
    assertThat(interval.error()).isCloseTo(0.7071068, within(1e-6));
    assertThat(interval.low()).isCloseTo(3 - 2.776445 * 0.7071068, within(1e-5));
    assertThat(interval.high()).isCloseTo(3 + 2.776445 * 0.7071068, within(1e-5));
  }

  @Test
  void pairsTakeOutWhatTheyShare() {
    double[] before = {10, 20, 30};
    double[] after = {9, 18, 29};
    Interval gain = Interval.ofPairs(before, after);
    assertThat(gain.mean()).isCloseTo(4.0 / 3, within(1e-12));
    assertThat(gain.error()).isCloseTo(1.0 / 3, within(1e-12));
    assertThatThrownBy(() -> Interval.ofPairs(before, new double[2]))
        .hasMessage("pairs should be of equal numbers: were 3 and 2");
  }

  @Test
  void oneNumberHasNoIntervalAndNanMakesAllNan() {
    assertThat(Interval.of(4).mean()).isEqualTo(4);
    assertThat(Interval.of(4).low()).isNaN();
    assertThat(Interval.of().mean()).isNaN();
    assertThat(Interval.of(1, Double.NaN, 3).high()).isNaN();
  }

  @Test
  void whatOverlapsThePublishedOrIsBetterHasNoShortfall() {
    Published published = new Published(2.90, 0.18);
    Interval found = new Interval(20, 3.2, 0.15, 2.9, 3.5);
    assertThat(published.shortfallOfLess(found)).isCloseTo(3.05 - 3.08, within(1e-12));
    assertThat(published.shortfallOfLess(new Interval(20, 3.4, 0.15, 3.1, 3.7))).isPositive();
    assertThat(published.shortfallOfLess(new Interval(20, 2.0, 0.01, 1.9, 2.1))).isNegative();
    Published likelihood = new Published(-2.40, 0.04);
    assertThat(likelihood.shortfallOfMore(new Interval(20, -2.47, 0.03, -2.5, -2.4)))
        .isCloseTo(-2.44 + 2.44, within(1e-12));
    assertThat(likelihood.shortfallOfMore(new Interval(20, -2.6, 0.03, -2.7, -2.5))).isPositive();
  }

  @Test
  void aGoalAboveALimitIsMissedAtIt() {
    assertThat(Goal.above(0).isMetBy(0)).isFalse();
    assertThat(Goal.above(0).isMetBy(1e-9)).isTrue();
    assertThat(Goal.above(0).isMetBy(Double.NaN)).isFalse();
    assertThat(Goal.above(0)).hasToString("> 0");
  }
}
