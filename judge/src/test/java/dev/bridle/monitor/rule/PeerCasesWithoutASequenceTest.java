package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What peers assert of trainings of their own, without a sequence: each on a curve that has what
 * the peer's training has. Sources: {@code /rules/early_stopping_cases.json}, by the names given.
 */
class PeerCasesWithoutASequenceTest {
  /** Every epoch improves on the one before, by 20 %. */
  private static final List<EpochCompleted> BY_A_FIFTH =
      Curves.curve(10, e -> 0, e -> Math.pow(0.8, e));

  /** djl:stops on epoch 2. */
  @Test
  void djlStopsAtTheSecondEpochWhenTheLossDoesNotFallByNinetyNinePercent() {
    assertThat(
            stop(
                "patience",
                Map.of("dialect", "djl", "patience", 1, "percentImprovement", 99, "minEpochs", 1),
                BY_A_FIFTH))
        .isEqualTo(2);
  }

  /** djl:stops on epoch 3. */
  @Test
  void djlStopsNoEarlierThanAtItsLeastEpoch() {
    assertThat(
            stop(
                "patience",
                Map.of("dialect", "djl", "patience", 1, "percentImprovement", 50, "minEpochs", 3),
                BY_A_FIFTH))
        .isEqualTo(3);
  }

  /** djl:max duration. The curve's epochs end a second apart. */
  @Test
  void djlStopsWhenTheTimeIsUpAndSaysHowMuchThereWas() {
    List<Verdict> verdicts =
        Folds.verdicts(Folds.rule("timeBudget", Map.of("maxMillis", 1)), BY_A_FIFTH);

    assertThat(Folds.first(Verdict.StopTraining.class, verdicts))
        .hasValueSatisfying(epoch -> assertThat(epoch).isLessThan(10));
    assertThat(verdicts.get(1))
        .isInstanceOfSatisfying(
            Verdict.StopTraining.class,
            stop -> assertThat(stop.evidence()).containsEntry("elapsedMillis", 1_000.0));
  }

  /** dl4j:testBadTuning. The score begins at 2.5 and a learning rate of 5 makes it explode. */
  @Test
  void dl4jStopsWhenTheScoreExceedsItsLimitOrIsNaN() {
    List<EpochCompleted> exploding = Curves.curve(6, e -> 0, e -> 2.5 * Math.pow(2, e - 1));
    List<EpochCompleted> notANumber = Curves.curve(6, e -> 0, e -> e < 3 ? 2.5 : Double.NaN);
    Map<String, Object> limit = Map.of("upper", 10);

    assertThat(stop("threshold", limit, exploding)).isEqualTo(4);
    assertThat(stop("threshold", limit, notANumber)).isEqualTo(3);
  }

  /** dl4j:testEarlyStoppingEveryNEpoch. */
  @Test
  void dl4jEndsAtItsLastEpochAlsoWhereThatIsNotEvaluated() {
    List<EpochCompleted> everySecond =
        BY_A_FIFTH.stream()
            .map(
                epoch ->
                    epoch.epoch() % 2 == 0
                        ? epoch
                        : Curves.epoch(1, epoch.epoch(), Map.of("trainingLoss", 1.0)))
            .toList();

    assertThat(stop("maxEpochs", Map.of("maxEpochs", 5), everySecond)).isEqualTo(5);
  }

  private static int stop(String rule, Map<String, Object> settings, List<EpochCompleted> curve) {
    return Folds.first(
            Verdict.StopTraining.class, Folds.verdicts(Folds.rule(rule, settings), curve))
        .orElseThrow();
  }
}
