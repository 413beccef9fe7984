package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.policy.PolicyRule;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.rule.Verdict;
import dev.bridle.monitor.run.Judgment.Intake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Folds a run's events into decisions: the same events in the same order give the same decisions,
 * down to their times and ids. So a replay repeats a decision exactly, and readers recognize it.
 *
 * <p>Duplicate epochs are passed over. An epoch behind a later one is retained but not judged, for
 * verdicts are not taken back. A gap in the epochs is none of a rule's business: a trainer may
 * report every fifth. Once a stop is decided nothing is judged any more, so that the decisions do
 * not depend on how long the trainer takes to obey. A rule that throws raises one alert and passes
 * over the epochs that it throws on.
 */
public final class RunJudge {
  private static final String POLICY = "policy";

  private final Duration signalLifetime;
  private final Function<PolicySpec, Policy> policies;

  /**
   * @param signalLifetime from an epoch to the expiry of the signals that it causes
   */
  public RunJudge(Duration signalLifetime) {
    this(signalLifetime, Policy::of);
  }

  RunJudge(Duration signalLifetime, Function<PolicySpec, Policy> policies) {
    this.signalLifetime = signalLifetime;
    this.policies = policies;
  }

  /**
   * A trainer begins, resumes or takes over the run. The fold is restored to the epoch that it
   * resumes from; the decisions up to that epoch were published then and stand.
   */
  public Judgment started(Optional<RunState> before, AttemptStarted start, EpochHistory history) {
    if (before.isPresent() && start.attempt() < before.get().attempt()) {
      return Judgment.unchanged(before.get(), Intake.SUPERSEDED);
    }
    if (before.isPresent() && start.attempt() == before.get().attempt()) {
      return Judgment.unchanged(before.get(), Intake.DUPLICATE);
    }
    PolicySpec asked = start.policy().orElse(Policy.defaultSpec());
    Optional<String> problem = problem(asked);
    RunState state =
        restored(
            start.run(),
            start.attempt(),
            start.resumedFromEpoch(),
            problem.isEmpty() ? asked : Policy.defaultSpec(),
            history);
    return new Judgment(
        state,
        problem.map(text -> List.of(policyAlert(start, text))).orElse(List.of()),
        Intake.ACCEPTED);
  }

  /** One more epoch. A run that was never started, a foreign trainer's, is judged by default. */
  public Judgment completed(Optional<RunState> before, EpochCompleted epoch, EpochHistory history) {
    RunState state =
        before
            .filter(known -> known.attempt() >= epoch.attempt())
            .orElseGet(() -> startedUnannounced(before, epoch, history));
    if (epoch.attempt() < state.attempt()) {
      return Judgment.unchanged(state, Intake.SUPERSEDED);
    }
    if (history.has(epoch)) {
      return Judgment.unchanged(state, Intake.DUPLICATE);
    }
    history.add(epoch);
    if (epoch.epoch() <= state.lastEpoch()) {
      return Judgment.unchanged(state, Intake.LATE);
    }
    EpochVerdicts verdicts = new EpochVerdicts(epoch, signalLifetime);
    RunState judged = judged(state.withLastEpoch(epoch.epoch()), epoch, verdicts);
    return new Judgment(judged, verdicts.decisions(), Intake.ACCEPTED);
  }

  /** The attempt is over: nothing is judged any more. */
  public Judgment ended(Optional<RunState> before, RunEnded end) {
    RunState state = before.orElseGet(() -> fresh(end.attempt(), Policy.defaultSpec()));
    return end.attempt() < state.attempt()
        ? Judgment.unchanged(state, Intake.SUPERSEDED)
        : Judgment.unchanged(state.judgingNoMore(), Intake.ACCEPTED);
  }

  private RunState startedUnannounced(
      Optional<RunState> before, EpochCompleted epoch, EpochHistory history) {
    return before
        .map(
            known ->
                restored(epoch.run(), epoch.attempt(), epoch.epoch() - 1, known.policy(), history))
        .orElseGet(() -> fresh(epoch.attempt(), Policy.defaultSpec()));
  }

  private RunState restored(
      RunId run, int attempt, int resumedFromEpoch, PolicySpec policy, EpochHistory history) {
    history.removeAfter(run, resumedFromEpoch);
    RunState state = fresh(attempt, policy);
    for (EpochCompleted epoch : history.upTo(run, resumedFromEpoch)) {
      state =
          judged(
              state.withLastEpoch(epoch.epoch()), epoch, new EpochVerdicts(epoch, signalLifetime));
    }
    return state;
  }

  private RunState fresh(int attempt, PolicySpec spec) {
    List<Object> states = new ArrayList<>();
    policies.apply(spec).rules().forEach(rule -> states.add(rule.rule().initial()));
    return new RunState(attempt, 0, true, spec, states, List.of(), Map.of());
  }

  private RunState judged(RunState state, EpochCompleted epoch, EpochVerdicts verdicts) {
    if (!state.judging()) {
      return state;
    }
    Policy policy = policies.apply(state.policy());
    RunState next = state;
    for (int i = 0; i < policy.rules().size(); i++) {
      PolicyRule<?> rule = policy.rules().get(i);
      try {
        var judged = rule.judge(state.ruleStates().get(i), epoch);
        next = next.withRuleState(i, judged.state());
        next = verdicts.take(next, policy, rule.name(), judged.verdict());
      } catch (RuntimeException e) {
        next = withFailureTold(next, policy, rule.name(), e, verdicts);
      }
    }
    return next;
  }

  /** A rule that fails is alone in it: the others go on, and so do all other runs. */
  private static RunState withFailureTold(
      RunState state,
      Policy policy,
      String rule,
      RuntimeException failure,
      EpochVerdicts verdicts) {
    return state.openAlerts().containsKey(rule)
        ? state
        : verdicts.take(
            state,
            policy,
            rule,
            new Verdict.RaiseAlert(
                Severity.CRITICAL,
                "The rule failed and passes over the epochs that it fails on: " + failure,
                Map.of(),
                "Judge the run by another rule, and report the failure."));
  }

  private Optional<String> problem(PolicySpec spec) {
    try {
      policies.apply(spec);
      return Optional.empty();
    } catch (InvalidPolicyException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static TrainingEvent policyAlert(AttemptStarted start, String problem) {
    int epoch = start.resumedFromEpoch();
    return new AlertRaised(
        SignalId.of(start.run(), start.attempt(), epoch, POLICY),
        start.run(),
        start.attempt(),
        epoch,
        POLICY,
        Severity.WARNING,
        problem + "; the default policy is in force",
        Map.of(),
        "Correct the policy in the run's submission.",
        start.time());
  }
}
