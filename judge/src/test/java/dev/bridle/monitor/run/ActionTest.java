package dev.bridle.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.SignalIssued;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionTest {
  private final RunFold run = new RunFold(PolicyBook.EMPTY);

  @Test
  void aStopThatOnlyAlertsSaysSoOnceUntilAnImprovementResolvesIt() {
    judge(Map.of("rule", "patience", "patience", 3, "action", "alert"), fallingAgainAt(30));

    assertThat(run.decisions).hasSize(3);
    AlertRaised raised = (AlertRaised) run.decisions.get(0);
    assertThat(raised.epoch()).isEqualTo(23);
    assertThat(raised.evidence()).isNotEmpty();
    AlertResolved resolved = (AlertResolved) run.decisions.get(1);
    assertThat(resolved.alert()).isEqualTo(raised.id());
    assertThat(resolved.epoch()).isEqualTo(30);
    assertThat(((AlertRaised) run.decisions.get(2)).epoch()).isEqualTo(33);
  }

  @Test
  void aStopThatStrengthensDoesSoOnceForEveryTimeThatPatienceEnds() {
    judge(
        Map.of(
            "rule",
            "patience",
            "patience",
            3,
            "action",
            Map.of("kind", "strengthenRegularization", "technique", "dropout", "factor", 1.25)),
        fallingAgainAt(30));

    assertThat(run.decisions)
        .extracting(event -> ((SignalIssued) event).epoch())
        .containsExactly(23, 33);
    assertThat(run.decisions)
        .extracting(event -> ((SignalIssued) event).signal())
        .containsOnly(new ControlSignal.StrengthenRegularization("dropout", 1.25));
  }

  @Test
  void anAlertThatStopsNamesTheReasonOfTheAlert() {
    judge(
        Map.of("rule", "generalizationGap", "minGap", 0.5, "action", "stop"),
        Curves.curve(9, e -> 0.1, e -> e >= 3 ? 1.0 : 0.15));

    assertThat(run.decisions).hasSize(1);
    SignalIssued stop = (SignalIssued) run.decisions.get(0);
    assertThat(stop.signal()).isEqualTo(new ControlSignal.StopTraining(0));
    assertThat(stop.reason()).containsIgnoringCase("training loss");
    assertThat(run.state().judging()).isFalse();
  }

  @Test
  void anAlertThatReducesTheLearningRateIsNotResolved() {
    judge(
        Map.of("rule", "generalizationGap", "minGap", 0.5, "action", "reduceLearningRate"),
        Curves.curve(9, e -> 0.1, e -> e >= 3 && e <= 6 ? 1.0 : 0.15));

    assertThat(run.decisions)
        .singleElement()
        .extracting(event -> ((SignalIssued) event).signal())
        .isEqualTo(new ControlSignal.ReduceLearningRate(0.5));
  }

  @Test
  void noRuleSeesTheEpochsOfTheWarmUp() {
    PolicySpec policy =
        new PolicySpec(
            "any",
            OptionalInt.empty(),
            OptionalInt.of(30),
            List.of(Map.of("rule", "patience", "patience", 3)));
    run.start(1, 0, Optional.of(policy));
    run.complete(Curves.overfitting(60));

    assertThat(run.decisions)
        .singleElement()
        .isInstanceOfSatisfying(
            SignalIssued.class,
            stop -> {
              assertThat(stop.epoch()).isEqualTo(34);
              assertThat(stop.signal()).isEqualTo(new ControlSignal.StopTraining(31));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explode | policy.rules[0].action.kind should be one of",
        "5 | policy.rules[0].action",
      })
  void namesTheFullKeyOfAnUnknownAction(String kind, String message) {
    Object said = kind.equals("5") ? 5 : kind;
    assertThatThrownBy(
            () ->
                Policy.of(
                    new PolicySpec("any", List.of(Map.of("rule", "patience", "action", said)))))
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "reduceLearningRate, 1.5, should be between 0 and 1: was 1.5",
    "strengthenRegularization, 1, should be above 1: was 1.0"
  })
  void refusesAFactorOutOfItsLimits(String kind, double factor, String message) {
    Map<String, Object> action = Map.of("kind", kind, "factor", factor);
    assertThatThrownBy(
            () ->
                Policy.of(
                    new PolicySpec("any", List.of(Map.of("rule", "patience", "action", action)))))
        .hasMessage("policy.rules[0].action.factor " + message);
  }

  private void judge(Map<String, Object> rule, List<EpochCompleted> curve) {
    run.start(1, 0, Optional.of(new PolicySpec("any", List.of(rule))));
    run.complete(curve);
  }

  /** Best at epoch 20, flat behind it, and best at another. */
  private static List<EpochCompleted> fallingAgainAt(int epoch) {
    return Curves.curve(40, e -> 0.1, e -> e < epoch ? 1.0 / Math.min(e, 20) : 0.01);
  }
}
