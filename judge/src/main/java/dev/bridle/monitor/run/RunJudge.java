package dev.bridle.monitor.run;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.run.Judgment.Intake;
import dev.bridle.monitor.run.PolicyBook.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final Duration signalLifetime;
  private final PolicyDesk desk;

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
    desk = new PolicyDesk(book, policies);
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
    List<TrainingEvent> decisions = new ArrayList<>();
    desk.alert(before, start).ifPresent(decisions::add);
    RunState initial =
        desk.initial(before, start.attempt(), start.experiment(), desk.chosen(before, start));
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
    Optional<String> problem = desk.problem(change.policy());
    if (problem.isPresent()) {
      return new Judgment(
          before,
          List.of(
              PolicyDesk.alert(
                  change, before.lastEpoch(), problem.get() + "; the policy in force stays")),
          Intake.ACCEPTED);
    }
    Standing said = new Standing(change.policy(), change.origin());
    RunState initial =
        desk.initial(Optional.of(before), before.attempt(), before.experiment(), said);
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
        before.orElseGet(
            () -> desk.initial(before, end.attempt(), "", PolicyBook.EMPTY.standing("")));
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
    Standing said = desk.unannounced(before);
    RunState initial = desk.initial(before, epoch.attempt(), experiment, said);
    if (before.isEmpty()) {
      decisions.add(PolicyDesk.adopted(initial, epoch, epoch.epoch()));
      return initial;
    }
    Judgment judgment =
        restored(before, initial, epoch.epoch() - 1, epoch, history, new ArrayList<>());
    decisions.addAll(judgment.decisions());
    return judgment.state();
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
      decisions.add(PolicyDesk.adopted(state, cause, upToEpoch + 1));
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
}
