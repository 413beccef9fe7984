package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Stopping criteria that were published with a formula, on curves computed by hand. */
class PublishedCriteriaTest {
  @Nested
  class PrecheltsGeneralizationLoss {
    @Test
    void stopsAtTheFirstEpochWhoseLossIsMoreThanAlphaPercentAboveTheLeast() {
      double[] losses = {1.0, 0.5, 0.52, 0.524, 0.526, 0.4};

      assertThat(stop("prechelt", Map.of("criterion", "gl", "alpha", 5), losses)).contains(5);
      assertThat(best("prechelt", Map.of("criterion", "gl", "alpha", 5), losses)).isEqualTo(2);
      assertThat(stop("prechelt", Map.of("alpha", 5.3), losses)).isEmpty();
    }

    @Test
    void isMeasuredByTheDistanceWhereTheLossIsNegative() {
      assertThat(stop("prechelt", Map.of("alpha", 5), -1.0, -2.0, -1.95, -1.89)).contains(4);
    }
  }

  @Nested
  class PrecheltsQuotient {
    /** GL is 10 % at epoch 4; P over the losses 1.0 and 0.5 is 1000 (0.75 / 0.5 - 1) = 500. */
    @Test
    void stopsAtTheEndOfAStripWhoseProgressDoesNotPayForTheLoss() {
      List<EpochCompleted> curve =
          Curves.curve(4, e -> e % 2 == 1 ? 1.0 : 0.5, e -> List.of(1.0, 1.0, 1.3, 1.1).get(e - 1));
      Map<String, Object> settings = Map.of("criterion", "pq", "strip", 2);

      assertThat(stop("prechelt", with(settings, "alpha", 0.019), curve)).contains(4);
      assertThat(stop("prechelt", with(settings, "alpha", 0.021), curve)).isEmpty();
    }

    @Test
    void passesOverEpochsWithoutATrainingLoss() {
      List<EpochCompleted> curve = Curves.curve(8, e -> e == 2 ? Double.NaN : 1.0, e -> e * 1.0);

      assertThat(stop("prechelt", Map.of("criterion", "pq", "strip", 2, "alpha", 1), curve))
          .contains(3);
    }
  }

  @Nested
  class PrecheltsSuccessiveStrips {
    @Test
    void stopsWhenTheLossRoseFromStripToStripThatOften() {
      double[] losses = {9, 1, 0, 2, 0, 3, 0, 2, 0, 3, 0, 4, 0, 5};

      assertThat(stop("prechelt", Map.of("criterion", "up", "strip", 2, "strips", 2), losses))
          .contains(6);
      assertThat(stop("prechelt", Map.of("criterion", "up", "strip", 2, "strips", 3), losses))
          .contains(14);
    }

    @Test
    void hasNoAlpha() {
      assertThatThrownBy(() -> stop("prechelt", Map.of("criterion", "up", "alpha", 1), 1))
          .hasMessage("policy.rules[0].alpha does not apply: criterion up counts strips");
    }
  }

  @Test
  void precheltsProgressEndsATrainingThatLearnsNothingMore() {
    List<EpochCompleted> curve = Curves.curve(10, e -> 1.0 / Math.min(e, 4), e -> 1.0 / e);
    Map<String, Object> settings = Map.of("strip", 4);

    assertThat(stop("prechelt", with(settings, "minProgress", 0.1), curve)).contains(8);
    assertThat(stop("prechelt", settings, curve)).isEmpty();
  }

  @Nested
  class RaysPlateau {
    @Test
    void stopsWhenTheLastFourValuesVaryByLessThanAHundredth() {
      assertThat(stop("plateauDeviation", Map.of(), 1, 0.9, 0.5, 0.51, 0.5, 0.51)).contains(6);
    }

    @Test
    void waitsForTheGracePeriodAndForAValueThatIsGoodEnough() {
      double[] flat = {1, 1, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1};

      assertThat(stop("plateauDeviation", Map.of(), flat)).contains(4);
      assertThat(stop("plateauDeviation", Map.of("gracePeriod", 6), flat)).contains(6);
      assertThat(stop("plateauDeviation", Map.of("metricThreshold", 0.5), flat)).contains(11);
    }

    @Test
    void isNoPlateauWhileAValueIsNaN() {
      assertThat(stop("plateauDeviation", Map.of(), 1, 1, Double.NaN, 1, 1, 1)).isEmpty();
    }
  }

  @Nested
  class MovingAveragesOfH2O {
    @Test
    void needOneValueMoreThanTwiceTheRounds() {
      assertThat(stop("movingAverage", Map.of("stoppingRounds", 2), 1, 1, 1, 1, 1)).contains(5);
    }

    /** Averages of the last four of 1, 0.9, 0.8, 0.79, 0.8: 0.85 before 0.795 and 0.795. */
    @Test
    void stopWhenTheBestOfThemIsNotBetterByTheTolerance() {
      double[] losses = {1, 0.9, 0.8, 0.79, 0.8};

      assertThat(
              stop("movingAverage", Map.of("stoppingRounds", 2, "stoppingTolerance", 0.06), losses))
          .isEmpty();
      assertThat(
              stop("movingAverage", Map.of("stoppingRounds", 2, "stoppingTolerance", 0.07), losses))
          .contains(5);
    }

    @Test
    void doNotStopWhereTheyCrossZeroOrAreNaN() {
      Map<String, Object> two = Map.of("stoppingRounds", 2);
      assertThat(stop("movingAverage", two, 0, -1, -1, 1, 1)).isEmpty();
      assertThat(stop("movingAverage", two, 1, 1, 1, Double.NaN, 1)).isEmpty();
    }

    @Test
    void riseWhereMoreIsBetter() {
      Map<String, Object> more = Map.of("stoppingRounds", 1, "mode", "max");
      assertThat(stop("movingAverage", more, 0.1, 0.2, 0.3, 0.3)).contains(4);
    }
  }

  @Nested
  class CorrelationDriven {
    @Test
    void stopsWhenTheLossesMovedApartForThatManyEpochs() {
      List<EpochCompleted> curve = Curves.curve(20, e -> 1.0 / e, e -> Math.abs(e - 6) + 1.0);

      assertThat(stop("cdsc", Map.of("window", 3, "patience", 2), curve)).contains(8);
      assertThat(stop("cdsc", Map.of("window", 3, "patience", 4), curve)).contains(10);
    }

    @Test
    void knowsNothingOfLossesThatStandStill() {
      assertThat(stop("cdsc", Map.of(), Curves.curve(30, e -> 1.0, e -> 1.0 * e))).isEmpty();
    }
  }

  @Nested
  class SmoothedLosses {
    /** Noise of one good epoch in three, over a trend that ends at epoch 10. */
    private final List<EpochCompleted> noisy =
        Curves.curve(60, e -> 0, e -> 1.0 / Math.min(e, 10) + (e % 3 == 0 ? 0 : 0.02));

    @Test
    void waitForTheTrendRatherThanForTheNoise() {
      for (String smoothing : List.of("ema", "movingAverage")) {
        Optional<Integer> stop =
            stop(
                "smoothedPatience",
                Map.of("smoothing", smoothing, "patience", 12, "minDelta", 1e-3),
                noisy);
        assertThat(stop).as(smoothing).hasValueSatisfying(at -> assertThat(at).isBetween(22, 36));
      }
    }

    /** The means of 3 values of 3, 2, 1, 2, 3 are 2, 1.67 and 2. */
    @Test
    void countFromTheBestMeanAndNameTheBestEpoch() {
      Map<String, Object> settings =
          Map.of("smoothing", "movingAverage", "window", 3, "patience", 1);

      assertThat(stop("smoothedPatience", settings, 3, 2, 1, 2, 3)).contains(5);
      assertThat(best("smoothedPatience", settings, 3, 2, 1, 2, 3)).isEqualTo(3);
    }

    @Test
    void takeAnAverageThatIsNotPulledToItsStart() {
      assertThat(stop("smoothedPatience", Map.of("patience", 2), 1, 1, 1)).contains(3);
    }

    @Test
    void missOnNaN() {
      assertThat(stop("smoothedPatience", Map.of("patience", 2), 1, Double.NaN, Double.NaN, 0.1))
          .contains(3);
    }
  }

  private static Map<String, Object> with(Map<String, Object> settings, String name, Object value) {
    Map<String, Object> more = new HashMap<>(settings);
    more.put(name, value);
    return more;
  }

  private static Optional<Integer> stop(
      String rule, Map<String, Object> settings, double... losses) {
    return stop(rule, settings, Curves.curve(losses.length, e -> 0, e -> losses[e - 1]));
  }

  private static Optional<Integer> stop(
      String rule, Map<String, Object> settings, List<EpochCompleted> curve) {
    return Folds.first(
        Verdict.StopTraining.class, Folds.verdicts(Folds.rule(rule, settings), curve));
  }

  private static int best(String rule, Map<String, Object> settings, double... losses) {
    return Folds.verdicts(
            Folds.rule(rule, settings), Curves.curve(losses.length, e -> 0, e -> losses[e - 1]))
        .stream()
        .filter(Verdict.StopTraining.class::isInstance)
        .map(Verdict.StopTraining.class::cast)
        .findFirst()
        .orElseThrow()
        .bestEpoch();
  }
}
