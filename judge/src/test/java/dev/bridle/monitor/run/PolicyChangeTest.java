package dev.bridle.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.run.Judgment.Intake;
import dev.bridle.monitor.run.PolicyBook.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The curve is at its best at epoch 20. */
class PolicyChangeTest {
  private final List<EpochCompleted> curve = Curves.overfitting(60);
  private final RunFold run = new RunFold(PolicyBook.EMPTY);

  @Test
  void theNewRulesHaveSeenAllEpochsAndDecideFromTheNextOn() {
    run.start(1, 0, Optional.of(patience(30)));
    run.complete(curve.subList(0, 40));
    run.change(patience(5), PolicyOrigin.OPERATOR);
    assertThat(run.decisions).isEmpty();

    run.complete(curve.subList(40, 60));

    assertThat(run.decisions)
        .singleElement()
        .extracting(event -> ((SignalIssued) event).id())
        .isEqualTo(new SignalId("digits-k3f9qa/1/41/patience"));
  }

  @Test
  void eachAdoptionIsAnEventThatNamesItsFirstEpoch() {
    run.start(1, 0, Optional.of(patience(30)));
    run.complete(curve.subList(0, 40));
    run.change(patience(5), PolicyOrigin.OPERATOR);

    assertThat(run.adopted)
        .extracting(PolicyAdopted::fromEpoch, PolicyAdopted::origin, PolicyAdopted::policy)
        .containsExactly(
            tuple(1, PolicyOrigin.SUBMISSION, patience(30)),
            tuple(41, PolicyOrigin.OPERATOR, patience(5)));
  }

  @Test
  void aStopThatStandsIsNotSaidAgain() {
    run.start(1, 0, Optional.of(patience(5)));
    run.complete(curve.subList(0, 30));
    run.change(patience(3), PolicyOrigin.OPERATOR);
    run.complete(curve.subList(30, 60));

    assertThat(run.decisions).hasSize(1);
  }

  @Test
  void aStricterPolicyOfANewAttemptStopsTheRunAtItsFirstEpochAndSaysSo() {
    run.start(1, 0, Optional.of(patience(30)));
    run.complete(curve.subList(0, 40));
    run.start(2, 40, Optional.of(patience(5)));
    run.complete(again(2, curve.subList(40, 60)));

    assertThat(run.decisions)
        .singleElement()
        .extracting(event -> ((SignalIssued) event).id())
        .isEqualTo(new SignalId("digits-k3f9qa/2/41/patience"));
  }

  @Test
  void whatAnOperatorSaidOutlivesTheAttempt() {
    run.start(1, 0, Optional.of(patience(30)));
    run.complete(curve.subList(0, 10));
    run.change(patience(5), PolicyOrigin.OPERATOR);
    run.start(2, 10, Optional.of(patience(30)));
    run.complete(again(2, curve.subList(10, 60)));

    assertThat(run.state().policy().spec()).isEqualTo(patience(5));
    assertThat(run.decisions)
        .extracting(event -> ((SignalIssued) event).epoch())
        .containsExactly(25);
  }

  @Test
  void aPolicyForTheExperimentDoesNotOutrankTheRunsOwn() {
    run.start(1, 0, Optional.of(patience(30)));

    Judgment judgment = run.change(patience(5), PolicyOrigin.EXPERIMENT);

    assertThat(judgment.intake()).isEqualTo(Intake.SUPERSEDED);
    assertThat(run.state().policy().spec()).isEqualTo(patience(30));
  }

  @Test
  void theSameChangeTwiceIsOne() {
    run.start(1, 0, Optional.of(patience(30)));
    run.change(patience(5), PolicyOrigin.OPERATOR);

    assertThat(run.change(patience(5), PolicyOrigin.OPERATOR).intake()).isEqualTo(Intake.DUPLICATE);
    assertThat(run.adopted).hasSize(2);
  }

  @Test
  void anAlertThatTheNewRulesDoNotSeeIsResolvedAndOneThatTheySeeIsRaised() {
    List<EpochCompleted> gap = Curves.curve(9, e -> 0.1, e -> e >= 3 ? 1.0 : 0.15);
    run.start(1, 0, Optional.of(gapAbove(0.5)));
    run.complete(gap);
    run.change(gapAbove(100), PolicyOrigin.OPERATOR);
    run.change(gapAbove(0.4), PolicyOrigin.OPERATOR);

    AlertRaised raised = (AlertRaised) run.decisions.get(0);
    assertThat(run.decisions).hasSize(3);
    assertThat(((AlertResolved) run.decisions.get(1)).alert()).isEqualTo(raised.id());
    assertThat(((AlertRaised) run.decisions.get(2)).id().value())
        .isEqualTo("digits-k3f9qa/1/9/generalizationGap");
  }

  @Test
  void aChangeThatCannotBeReadLeavesThePolicyAndSaysSo() {
    run.start(1, 0, Optional.of(patience(30)));
    run.change(
        new PolicySpec("any", List.of(Map.of("rule", "patience", "wait", 1))),
        PolicyOrigin.OPERATOR);

    assertThat(run.state().policy().spec()).isEqualTo(patience(30));
    assertThat(run.decisions)
        .singleElement()
        .extracting(alert -> ((AlertRaised) alert).message())
        .asString()
        .startsWith("policy.rules[0].wait")
        .endsWith("the policy in force stays");
  }

  @Test
  void aSubmissionThatCannotBeReadIsToldWhichPolicyIsInForce() {
    PolicySpec wrong = new PolicySpec("any", List.of(Map.of("rule", "patience", "wait", 1)));
    RunFold ofExperiment =
        new RunFold(experiment -> new Standing(patience(5), PolicyOrigin.EXPERIMENT));
    ofExperiment.start(1, 0, Optional.of(wrong));

    assertThat(((AlertRaised) ofExperiment.decisions.get(0)).message())
        .endsWith("the experiment's policy is in force");
    assertThat(ofExperiment.state().policy().spec()).isEqualTo(patience(5));
  }

  private static PolicySpec patience(int epochs) {
    return new PolicySpec("any", List.of(Map.of("rule", "patience", "patience", epochs)));
  }

  private static PolicySpec gapAbove(double gap) {
    return new PolicySpec("any", List.of(Map.of("rule", "generalizationGap", "minGap", gap)));
  }

  private static List<EpochCompleted> again(int attempt, List<EpochCompleted> epochs) {
    return epochs.stream()
        .map(epoch -> Curves.epoch(attempt, epoch.epoch(), epoch.metrics()))
        .toList();
  }
}
