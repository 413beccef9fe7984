package dev.bridle.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.study.Gain.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GainTest {
  @Test
  void theIntervalIsStudents() {
    // Mean 2, deviation 1, error 1 / sqrt(3); t of 0.975 on 2 degrees is 4.3027.
    Gain gain = Gain.of(new double[] {1, 2, 3});
    assertThat(gain.mean()).isEqualTo(2);
    assertThat(gain.low()).isCloseTo(2 - 4.30265 / Math.sqrt(3), within(1e-4));
    assertThat(gain.high()).isCloseTo(2 + 4.30265 / Math.sqrt(3), within(1e-4));
    assertThat(gain.verdict()).isEqualTo(Verdict.NOT_SHOWN);
  }

  @Test
  void aGainThatAllSeedsShareHelpsAndALossHarms() {
    assertThat(Gain.of(new double[] {0.5, 0.51, 0.49}).verdict()).isEqualTo(Verdict.HELPS);
    assertThat(Gain.of(new double[] {-0.5, -0.51, -0.49}).verdict()).isEqualTo(Verdict.HARMS);
  }

  @Test
  void onePairOrNoneShowsNothing() {
    assertThat(Gain.of(new double[] {9}).verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(Gain.of(new double[] {9}).mean()).isEqualTo(9);
    assertThat(Gain.of(new double[0]).mean()).isNaN();
  }

  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    Random random = new Random(5);
    int held = 0;
    for (int study = 0; study < 2_000; study++) {
      double[] differences = random.doubles(5).map(u -> 0.3 + random.nextGaussian()).toArray();
      Gain gain = Gain.of(differences);
      held += gain.low() <= 0.3 && 0.3 <= gain.high() ? 1 : 0;
    }
    // Four standard errors of a share of 0.95 among 2,000.
    assertThat(held / 2_000.0).isCloseTo(0.95, within(4 * Math.sqrt(0.95 * 0.05 / 2_000)));
  }
}
