package dev.bridle.monitor.run;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.run.Judgment.Intake;
import dev.bridle.monitor.run.PolicyBook.Standing;
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
  private final PolicyBook book;
  private final Function<PolicySpec, Policy> policies;

  /** Judges runs that bring no policy by the monitor's own default. */
  public RunJudge(Duration signalLifetime) {
    this(signalLifetime, PolicyBook.EMPTY);
  }

  /**
   * @param signalLifetime from an epoch to the expiry of the signals that it causes
   */
  public RunJudge(Duration signalLifetime, PolicyBook book) {
    this(signalLifetime, book, Policy::of);
  }

  RunJudge(Duration signalLifetime, PolicyBook book, Function<PolicySpec, Policy> policies) {
    this.signalLifetime = signalLifetime;
    this.book = book;
    this.policies = policies;
  }

  /**
   * A trainer begins, resumes or takes over the run. The fold is restored to the epoch that it
   * resumes from; the decisions up to that epoch were published then and stand. So does a policy
   * that an operator gave the run.
   */
  public Judgment started(Optional<RunState> before, AttemptStarted start, EpochHistory history) {
    if (before.isPresent() && start.attempt() < before.get().attempt()) {
      return Judgment.unchanged(before.get(), Intake.SUPERSEDED);
    }
    if (before.isPresent() && start.attempt() == before.get().attempt()) {
      return Judgment.unchanged(before.get(), Intake.DUPLICATE);
    }
    Optional<RunState> kept = before.filter(run -> run.origin() == PolicyOrigin.OPERATOR);
    Optional<String> problem =
        kept.isPresent() ? Optional.empty() : start.policy().flatMap(this::problem);
    Standing said =
        kept.map(run -> new Standing(run.policy().spec(), run.origin()))
            .or(
                () ->
                    start
                        .policy()
                        .filter(asked -> problem.isEmpty())
                        .map(asked -> new Standing(asked, PolicyOrigin.SUBMISSION)))
            .orElseGet(() -> book.standing(start.experiment()));
    List<TrainingEvent> decisions = new ArrayList<>();
    problem.ifPresent(
        text ->
            decisions.add(
                policyAlert(
                    start, start.resumedFromEpoch(), text + "; the default policy is in force")));
    RunState initial = initial(before, start.attempt(), start.experiment(), said);
    return restored(before, initial, start.resumedFromEpoch(), start, history, decisions);
  }

  /** One more epoch. A run that was never started, a foreign trainer's, is judged by default. */
  public Judgment completed(Optional<RunState> before, EpochCompleted epoch, EpochHistory history) {
    List<TrainingEvent> decisions = new ArrayList<>();
    RunState state =
        before
            .filter(known -> known.attempt() >= epoch.attempt())
            .orElseGet(() -> startedUnannounced(before, epoch, history, decisions));
    if (epoch.attempt() < state.attempt()) {
      return Judgment.unchanged(state, Intake.SUPERSEDED);
    }
    boolean behind = epoch.epoch() <= state.lastEpoch();
    if (behind && history.has(epoch)) {
      return Judgment.unchanged(state, Intake.DUPLICATE);
    }
    history.add(epoch);
    if (behind) {
      return Judgment.unchanged(state, Intake.LATE);
    }
    if (!state.judging()) {
      return new Judgment(state.withLastEpoch(epoch.epoch()), decisions, Intake.ACCEPTED);
    }
    EpochFold fold = EpochFold.of(state, epoch, signalLifetime);
    decisions.addAll(fold.decisions());
    return new Judgment(fold.after(), decisions, Intake.ACCEPTED);
  }

  /**
   * From the next epoch on another policy judges; its rules have seen all epochs so far. One that
   * is outranked by the policy in force, or equals it, changes nothing.
   */
  public Judgment policyChanged(RunState before, PolicyChanged change, EpochHistory history) {
    if (before.origin().outranks(change.origin())) {
      return Judgment.unchanged(before, Intake.SUPERSEDED);
    }
    if (before.origin() == change.origin() && before.policy().isAskedAs(change.policy())) {
      return Judgment.unchanged(before, Intake.DUPLICATE);
    }
    Optional<String> problem = problem(change.policy());
    if (problem.isPresent()) {
      return new Judgment(
          before,
          List.of(
              policyAlert(
                  change, before.lastEpoch(), problem.get() + "; the policy in force stays")),
          Intake.ACCEPTED);
    }
    Standing said = new Standing(change.policy(), change.origin());
    RunState initial = initial(Optional.of(before), before.attempt(), before.experiment(), said);
    Judgment judgment =
        restored(
            Optional.of(before), initial, before.lastEpoch(), change, history, new ArrayList<>());
    return before.ended()
        ? new Judgment(judgment.state().whenEnded(), judgment.decisions(), Intake.ACCEPTED)
        : judgment;
  }

  /** The attempt is over: nothing is judged any more. */
  public Judgment ended(Optional<RunState> before, RunEnded end) {
    RunState state =
        before.orElseGet(() -> initial(before, end.attempt(), "", PolicyBook.EMPTY.standing("")));
    return end.attempt() < state.attempt()
        ? Judgment.unchanged(state, Intake.SUPERSEDED)
        : Judgment.unchanged(state.whenEnded(), Intake.ACCEPTED);
  }

  private RunState startedUnannounced(
      Optional<RunState> before,
      EpochCompleted epoch,
      EpochHistory history,
      List<TrainingEvent> decisions) {
    String experiment = before.map(RunState::experiment).orElse("");
    Standing said =
        before
            .map(run -> new Standing(run.policy().spec(), run.origin()))
            .orElseGet(() -> book.standing(experiment));
    RunState initial = initial(before, epoch.attempt(), experiment, said);
    if (before.isEmpty()) {
      decisions.add(adopted(initial, epoch, epoch.epoch()));
      return initial;
    }
    Judgment judgment =
        restored(before, initial, epoch.epoch() - 1, epoch, history, new ArrayList<>());
    decisions.addAll(judgment.decisions());
    return judgment.state();
  }

  /** What the run's policy froze before stays as it is. */
  private RunState initial(
      Optional<RunState> before, int attempt, String experiment, Standing said) {
    Policy policy =
        before
            .map(RunState::policy)
            .filter(known -> known.isAskedAs(said.policy()))
            .orElseGet(() -> policies.apply(book.frozen(experiment, said.policy())));
    return RunState.initial(attempt, experiment, policy, said.origin());
  }

  /** The run as its retained epochs up to one make it, by what is now in force. */
  private Judgment restored(
      Optional<RunState> before,
      RunState initial,
      int upToEpoch,
      TrainingEvent cause,
      EpochHistory history,
      List<TrainingEvent> decisions) {
    history.removeAfter(cause.run(), upToEpoch);
    Refold refold = Refold.of(initial, history.upTo(cause.run(), upToEpoch), signalLifetime);
    RunState state = refold.state();
    if (before.isEmpty() || !before.get().policy().spec().equals(state.policy().spec())) {
      decisions.add(adopted(state, cause, upToEpoch + 1));
    }
    if (before.isPresent()) {
      Judgment continued = refold.continuing(before.get(), cause);
      decisions.addAll(continued.decisions());
      state = continued.state();
      int stopEpoch = before.get().stopEpoch();
      state = stopEpoch <= upToEpoch ? state.withStopEpoch(stopEpoch) : state;
    }
    return new Judgment(state, decisions, Intake.ACCEPTED);
  }

  private Optional<String> problem(PolicySpec spec) {
    try {
      policies.apply(spec);
      return Optional.empty();
    } catch (InvalidPolicyException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static TrainingEvent adopted(RunState state, TrainingEvent cause, int fromEpoch) {
    return new PolicyAdopted(
        cause.run(),
        state.attempt(),
        fromEpoch,
        state.policy().spec(),
        state.origin(),
        cause.time());
  }

  private static TrainingEvent policyAlert(TrainingEvent cause, int epoch, String message) {
    return new AlertRaised(
        SignalId.of(cause.run(), cause.attempt(), epoch, POLICY),
        cause.run(),
        cause.attempt(),
        epoch,
        POLICY,
        Severity.WARNING,
        message,
        Map.of(),
        "Correct the policy; the catalog of rules says what can be set.",
        cause.time());
  }
}
