package dev.bridle.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.run.Judgment.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunJudgeTest {
  private static final PolicySpec PATIENCE_5 =
      new PolicySpec("any", List.of(Map.of("rule", "patience", "patience", 5)));

  private final RunJudge judge = new RunJudge(Duration.ofHours(1));
  private final MemoryHistory history = new MemoryHistory();
  private final List<TrainingEvent> decisions = new ArrayList<>();
  private final List<Intake> intakes = new ArrayList<>();
  private Optional<RunState> state = Optional.empty();

  @Test
  void stopsAnOverfittingRunWithASignalThatAReplayWouldRepeatExactly() {
    start(1, 0, Optional.of(PATIENCE_5));
    complete(Curves.overfitting(60));

    assertThat(decisions).hasSize(1);
    SignalIssued stop = (SignalIssued) decisions.get(0);
    assertThat(stop.id()).isEqualTo(new SignalId("digits-k3f9qa/1/25/patience"));
    assertThat(stop.signal()).isEqualTo(new ControlSignal.StopTraining(20));
    assertThat(stop.time()).isEqualTo(Curves.START.plusSeconds(25));
    assertThat(stop.expiresAt()).isEqualTo(Curves.START.plusSeconds(25).plus(Duration.ofHours(1)));
  }

  @Test
  void decidesTheSameHoweverLongTheTrainerTakesToObey() {
    start(1, 0, Optional.empty());
    complete(Curves.overfitting(500));
    List<TrainingEvent> late = List.copyOf(decisions);

    reset();
    start(1, 0, Optional.empty());
    complete(Curves.overfitting(30));

    assertThat(decisions).isEqualTo(late).hasSize(2);
  }

  @Test
  void takesADuplicateEpochForWhatItIs() {
    start(1, 0, Optional.of(PATIENCE_5));
    for (EpochCompleted epoch : Curves.overfitting(40)) {
      complete(List.of(epoch, epoch));
    }

    assertThat(decisions).hasSize(1);
    assertThat(intakes).filteredOn(Intake.DUPLICATE::equals).hasSize(40);
  }

  @Test
  void retainsALateEpochWithoutJudgingIt() {
    start(1, 0, Optional.of(PATIENCE_5));
    List<EpochCompleted> curve = Curves.overfitting(10);

    complete(List.of(curve.get(0), curve.get(2), curve.get(1)));

    assertThat(intakes).containsExactly(Intake.ACCEPTED, Intake.ACCEPTED, Intake.LATE);
    assertThat(state.get().lastEpoch()).isEqualTo(3);
    assertThat(history.upTo(Curves.RUN, 10)).hasSize(3);
  }

  @Test
  void judgesAForeignTrainersRunByTheDefaultPolicy() {
    complete(Curves.overfitting(60));

    assertThat(decisions)
        .hasSize(2)
        .hasAtLeastOneElementOfType(SignalIssued.class)
        .hasAtLeastOneElementOfType(AlertRaised.class);
  }

  @Test
  void keepsThePatienceOfARunThatResumes() {
    start(1, 0, Optional.of(PATIENCE_5));
    List<EpochCompleted> curve = Curves.overfitting(60);
    complete(curve.subList(0, 23));
    start(2, 22, Optional.of(PATIENCE_5));
    complete(again(2, curve.subList(22, 60)));

    assertThat(decisions)
        .singleElement()
        .extracting(event -> ((SignalIssued) event).id())
        .isEqualTo(new SignalId("digits-k3f9qa/2/25/patience"));
  }

  @Test
  void letsTheDecisionsBeforeTheResumedEpochStand() {
    start(1, 0, Optional.of(PATIENCE_5));
    List<EpochCompleted> curve = Curves.overfitting(60);
    complete(curve.subList(0, 30));
    start(2, 28, Optional.of(PATIENCE_5));
    complete(again(2, curve.subList(28, 60)));

    assertThat(decisions).hasSize(1);
  }

  @Test
  void rejectsWhatASupersededAttemptStillSays() {
    start(1, 0, Optional.of(PATIENCE_5));
    List<EpochCompleted> curve = Curves.overfitting(60);
    complete(curve.subList(0, 10));
    start(2, 10, Optional.of(PATIENCE_5));
    complete(curve.subList(10, 60));

    assertThat(decisions).isEmpty();
    assertThat(state.get().lastEpoch()).isEqualTo(10);
    assertThat(intakes).hasSize(50).containsOnly(Intake.SUPERSEDED);
  }

  @Test
  void resolvesTheAlertThatItRaised() {
    start(1, 0, Optional.empty());
    complete(Curves.curve(9, e -> 0.1, e -> e >= 3 && e <= 6 ? 1.0 : 0.15));

    AlertRaised raised = (AlertRaised) decisions.get(0);
    assertThat(raised.epoch()).isEqualTo(5);
    assertThat(decisions.get(1))
        .isInstanceOfSatisfying(
            AlertResolved.class,
            resolved -> {
              assertThat(resolved.alert()).isEqualTo(raised.id());
              assertThat(resolved.epoch()).isEqualTo(7);
            });
  }

  @Test
  void resolvesAnAlertOfTheAttemptBefore() {
    start(1, 0, Optional.empty());
    List<EpochCompleted> curve = Curves.curve(9, e -> 0.1, e -> e >= 3 && e <= 6 ? 1.0 : 0.15);
    complete(curve.subList(0, 6));
    start(2, 6, Optional.empty());
    complete(again(2, curve.subList(6, 9)));

    assertThat(decisions).hasSize(2);
    assertThat(((AlertResolved) decisions.get(1)).alert())
        .isEqualTo(((AlertRaised) decisions.get(0)).id());
  }

  @Test
  void judgesByTheDefaultWhenThePolicyCannotBeReadAndSaysSo() {
    start(1, 0, Optional.of(new PolicySpec("any", List.of(Map.of("rule", "patience", "wait", 1)))));
    complete(Curves.overfitting(60));

    assertThat(decisions.get(0))
        .isInstanceOfSatisfying(
            AlertRaised.class,
            alert -> {
              assertThat(alert.rule()).isEqualTo("policy");
              assertThat(alert.message())
                  .startsWith("policy.rules[0].wait is no setting of this rule")
                  .endsWith("the default policy is in force");
            });
    assertThat(decisions).hasAtLeastOneElementOfType(SignalIssued.class);
  }

  @Test
  void judgesNothingAfterTheRunEnded() {
    start(1, 0, Optional.of(PATIENCE_5));
    List<EpochCompleted> curve = Curves.overfitting(60);
    complete(curve.subList(0, 22));
    state =
        Optional.of(
            judge
                .ended(
                    state,
                    new RunEnded(
                        Curves.RUN,
                        1,
                        22,
                        OptionalInt.of(20),
                        new TrainingOutcome.Completed(),
                        Curves.START))
                .state());
    complete(curve.subList(22, 60));

    assertThat(decisions).isEmpty();
  }

  @Test
  void underAllWaitsForTheLastRuleThatCanStop() {
    start(
        1,
        0,
        Optional.of(
            new PolicySpec(
                "all",
                List.of(
                    Map.of("rule", "patience", "patience", 3),
                    Map.of("rule", "patience", "patience", 8),
                    Map.of("rule", "generalizationGap", "minGap", 100)))));
    complete(Curves.overfitting(60));

    assertThat(decisions)
        .singleElement()
        .extracting(event -> ((SignalIssued) event).id())
        .isEqualTo(new SignalId("digits-k3f9qa/1/28/patience-2"));
  }

  private void start(int attempt, int resumedFromEpoch, Optional<PolicySpec> policy) {
    take(
        judge.started(
            state,
            new AttemptStarted(
                Curves.RUN, attempt, resumedFromEpoch, "digits", "demo", 60, policy, Curves.START),
            history));
    intakes.clear();
  }

  private void complete(List<EpochCompleted> epochs) {
    epochs.forEach(epoch -> take(judge.completed(state, epoch, history)));
  }

  private void take(Judgment judgment) {
    state = Optional.of(judgment.state());
    judgment.decisions().stream()
        .filter(decision -> !(decision instanceof PolicyAdopted))
        .forEach(decisions::add);
    intakes.add(judgment.intake());
  }

  private void reset() {
    state = Optional.empty();
    decisions.clear();
    history.epochs.clear();
  }

  private static List<EpochCompleted> again(int attempt, List<EpochCompleted> epochs) {
    return epochs.stream()
        .map(epoch -> Curves.epoch(attempt, epoch.epoch(), epoch.metrics()))
        .toList();
  }
}
