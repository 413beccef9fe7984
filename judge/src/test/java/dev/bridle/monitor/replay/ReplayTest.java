package dev.bridle.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.ControlSignal;
import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.Curves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
  @Test
  void saysWhereTheRunWouldHaveStoppedAndWhatItWouldHaveSaved() {
    Replayed replayed =
        replay(Map.of("rule", "patience", "patience", 5), new Curve("a", Curves.overfitting(60)));

    assertThat(replayed.stopIndex()).hasValue(24);
    assertThat(replayed.bestIndex()).hasValue(19);
    assertThat(replayed.epochsSaved()).isEqualTo(35);
    assertThat(replayed.reason()).startsWith("validationLoss has not improved for 5 epochs");
  }

  @Test
  void saysThatAPolicyDoesNotStop() {
    Replayed replayed = replay(Map.of("rule", "patience"), new Curve("a", Curves.healthy(60)));

    assertThat(replayed.stopIndex()).isEmpty();
    assertThat(replayed.bestIndex()).isEmpty();
  }

  @Test
  void listsTheOtherSignalsAtTheirPlaces() {
    Replayed replayed =
        replay(
            Map.of("rule", "reduceOnPlateau", "patience", 3, "factor", 0.5),
            new Curve("a", Curves.plateau(12)));

    assertThat(replayed.signals()).extracting(Replayed.IndexedSignal::index).containsExactly(7, 10);
    assertThat(replayed.signals().get(0).signal().signal())
        .isEqualTo(new ControlSignal.ReduceLearningRate(0.5));
  }

  @Test
  void stopsWhenTheTimeIsUsedUp() {
    Replayed replayed =
        replay(
            Map.of("rule", "timeBudget", "maxMillis", 9_000), new Curve("a", Curves.healthy(60)));

    assertThat(replayed.stopIndex()).hasValue(9);
  }

  @Test
  void stopsWhenTheBestLiesTooManyStepsBack() {
    Replayed replayed =
        replay(
            Map.of("rule", "stepsWithoutImprovement", "maxStepsWithoutImprovement", 8),
            new Curve("a", Curves.overfitting(60)));

    assertThat(replayed.stopIndex()).hasValue(27);
    assertThat(replayed.bestIndex()).hasValue(19);
  }

  @Test
  void refusesAPolicyWithItsFullKeyRatherThanReplayingAnother() {
    assertThatThrownBy(() -> replay(Map.of("rule", "patiense"), new Curve("a", Curves.healthy(3))))
        .hasMessageStartingWith("policy.rules[0].rule is no rule: was 'patiense'");
  }

  @Test
  void refusesACurveWhoseEpochsFallBack() {
    assertThatThrownBy(
            () ->
                new Curve(
                    "a",
                    List.of(
                        Curves.epoch(1, 2, Map.of("x", 1.0)),
                        Curves.epoch(1, 2, Map.of("x", 1.0)))))
        .hasMessage("a: epochs should rise: 2 came after 2");
  }

  private static Replayed replay(Map<String, Object> rule, Curve curve) {
    return new Replay(new PolicySpec("any", List.of(rule))).of(curve);
  }
}
