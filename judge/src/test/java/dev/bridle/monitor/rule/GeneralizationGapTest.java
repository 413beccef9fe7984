package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneralizationGapTest {
  @Test
  void warnsOfAnOverfittingRunOnceAndNamesTheRemedy() {
    List<Verdict> verdicts = verdicts(Curves.overfitting(60));

    assertThat(Folds.first(Verdict.RaiseAlert.class, verdicts)).contains(25);
    assertThat(verdicts.stream().filter(Verdict.RaiseAlert.class::isInstance)).hasSize(1);
    assertThat(((Verdict.RaiseAlert) verdicts.get(24)).remedy()).contains("dropout");
    assertThat(((Verdict.RaiseAlert) verdicts.get(24)).message())
        .isEqualTo(
            "Overfitting: validation loss 0.4000 exceeds training loss 0.08000 by 0.3200,"
                + " for 3 epochs in a row");
  }

  @Test
  void keepsQuietOnAHealthyRunHoweverSmallItsLosses() {
    assertThat(verdicts(Curves.healthy(500))).allMatch(Verdict.KeepTraining.class::isInstance);
  }

  @Test
  void resolvesTheAlertWhenTheGapCloses() {
    List<Verdict> verdicts =
        verdicts(Curves.curve(12, e -> 0.1, e -> e >= 4 && e <= 8 ? 1.0 : 0.15));

    assertThat(Folds.first(Verdict.RaiseAlert.class, verdicts)).contains(6);
    assertThat(Folds.first(Verdict.ResolveAlert.class, verdicts)).contains(9);
  }

  @Test
  void needsTheGapInEpochsInARow() {
    assertThat(verdicts(Curves.curve(30, e -> 0.1, e -> e % 3 == 0 ? 0.15 : 1.0)))
        .allMatch(Verdict.KeepTraining.class::isInstance);
  }

  @Test
  void comparesWithTheCleanTrainingLossWhereThereIsOne() {
    List<EpochCompleted> regularized =
        Curves.curve(10, e -> 0.9, e -> 1.0).stream()
            .map(
                e ->
                    Curves.epoch(
                        1,
                        e.epoch(),
                        Map.of(
                            "trainingLoss", 0.9,
                            "trainingLossClean", 0.2,
                            "validationLoss", 1.0)))
            .toList();

    assertThat(Folds.first(Verdict.RaiseAlert.class, verdicts(regularized))).contains(3);
  }

  private static List<Verdict> verdicts(List<EpochCompleted> curve) {
    return Folds.verdicts(Folds.rule("generalizationGap", Map.of()), curve);
  }
}
