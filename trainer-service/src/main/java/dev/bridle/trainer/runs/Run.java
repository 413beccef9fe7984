package dev.bridle.trainer.runs;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.train.Checkpoint;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import dev.bridle.trainer.train.Wish;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One run: every change is written to its folder first, then announced. Its trainer, the reader of
 * signals and REST use it at the same time.
 */
final class Run {
  private static final int MOST_CRASHES = 3;

  private final RunSpec spec;
  private final RunFolder folder;
  private final Announcements announcements;
  private final Clock clock;
  private final List<SignalIssued> waiting = new ArrayList<>();
  private RunState state;
  private EpochCompleted newest;
  private EpochCompleted best;
  private final List<SignalIssued> applied = new ArrayList<>();
  private Instant checkpointed;
  private boolean cancelRequested;
  private boolean pauseRequested;
  private final Set<SignalId> repeated = new HashSet<>();
  private boolean lost;
  private boolean takenOver;

  private Run(
      RunSpec spec, RunState state, RunFolder folder, Announcements announcements, Clock clock) {
    this.spec = spec;
    this.state = state;
    this.folder = folder;
    this.announcements = announcements;
    this.clock = clock;
  }

  static Run submitted(
      RunSpec spec,
      RunId id,
      Optional<String> idempotencyKey,
      RunFolder folder,
      Announcements announcements,
      Clock clock) {
    byte[] canonical = SpecJson.write(spec);
    RunState queued = RunState.queued(id, idempotencyKey, clock.instant());
    Run run = new Run(spec, queued, folder, announcements, clock);
    run.addArtifact(RunFolder.SPEC, canonical);
    return run;
  }

  static Run restored(RunFolder folder, Announcements announcements, Clock clock) {
    Run run = new Run(folder.readSpec(), folder.readState(), folder, announcements, clock);
    folder.readEpochs().forEach(run::remember);
    return run;
  }

  /** A run that another trainer has, as its files tell: it can be looked at. */
  static Run another(RunFolder folder, Clock clock) {
    Run run = restored(folder, event -> {}, clock);
    run.lose();
    return run;
  }

  RunSpec spec() {
    return spec;
  }

  synchronized RunState state() {
    return state;
  }

  synchronized Optional<EpochCompleted> newestEpoch() {
    return Optional.ofNullable(newest);
  }

  synchronized OptionalInt bestEpoch() {
    return best == null ? OptionalInt.empty() : OptionalInt.of(best.epoch());
  }

  synchronized void enter(Phase phase, Optional<String> reason) {
    save(state.entered(new PhaseTransition(phase, clock.instant(), reason)));
    announcePhase();
  }

  synchronized void completed(EpochRecord epoch) {
    requireOwn();
    EpochCompleted event =
        new EpochCompleted(
            state.run(), state.attempt(), epoch.epoch(), epoch.metrics(), clock.instant());
    folder.append(event);
    remember(event);
    announcements.announce(event);
  }

  /** Takes the outcome down; signals that still wait are too late now. */
  synchronized void ended(TrainingOutcome outcome) {
    int lastEpoch = newest == null ? 0 : newest.epoch();
    state = state.ended(outcome);
    answerApplied();
    save(state);
    announcements.announce(
        new RunEnded(
            state.run(), state.attempt(), lastEpoch, bestEpoch(), outcome, clock.instant()));
    waiting.forEach(
        signal ->
            SignalTriage.tooLate("training ended after epoch " + lastEpoch)
                .ifPresent(answer -> answer(signal, answer)));
    waiting.clear();
  }

  /**
   * Waits for a trainer again, as the next attempt, which goes on after the newest checkpoint.
   * Later epochs are forgotten: they are trained again.
   *
   * @param crashes processes in a row that ended with this run at this checkpoint
   */
  synchronized void waitAgain(String reason, int crashes) {
    int epoch = checkpoint().map(Checkpoint::epoch).orElse(0);
    folder.keepEpochsUpTo(epoch);
    newest = null;
    best = null;
    folder.readEpochs().forEach(this::remember);
    pauseRequested = false;
    save(state.resumed(epoch, epoch > state.resumedFromEpoch() ? 0 : crashes));
    enter(Phase.QUEUED, Optional.of(reason));
  }

  /**
   * Takes up a run whose trainer is gone.
   *
   * @param cause what became of it
   */
  synchronized void goOn(String cause) {
    int crashes = state.crashes() + 1;
    if (crashes >= MOST_CRASHES) {
      fail("%s, %d times at the same checkpoint".formatted(cause, crashes));
      return;
    }
    try {
      waitAgain(cause, crashes);
    } catch (UncheckedIOException e) {
      fail(cause + ", and its checkpoint cannot be read: " + e.getMessage());
    }
  }

  synchronized void fail(String reason) {
    if (state.outcome().isEmpty()) {
      ended(new TrainingOutcome.Failed(reason));
    }
    if (!state.phase().isFinal()) {
      enter(Phase.FAILED, Optional.of(reason));
    }
  }

  synchronized boolean isInProgress() {
    return switch (state.phase()) {
      case PREPARING, RUNNING, EXPORTING -> true;
      default -> false;
    };
  }

  /**
   * What its trainer before said may still be in that one's spool: what counts of it is said again
   * under the same names.
   */
  synchronized void takenOver() {
    takenOver = true;
  }

  /** Another trainer has it: every further change is refused. */
  synchronized void lose() {
    lost = true;
  }

  /** Says that its silence is wanted. */
  synchronized void suspended(String reason) {
    announcements.announce(
        new AttemptSuspended(
            state.run(),
            state.attempt(),
            newest == null ? 0 : newest.epoch(),
            reason,
            clock.instant()));
  }

  /** Says which attempt begins, and what it goes on from. */
  synchronized void begin() {
    checkpointed = clock.instant();
    List<EpochCompleted> kept = folder.readEpochs();
    if (takenOver) {
      kept.stream()
          .filter(epoch -> epoch.attempt() < state.attempt())
          .forEach(announcements::announce);
    }
    announcements.announce(
        new AttemptStarted(
            state.run(),
            state.attempt(),
            state.resumedFromEpoch(),
            spec.name(),
            spec.experiment(),
            spec.training().epochs(),
            spec.policy(),
            clock.instant()));
    // A branch brings epochs along, which nobody has heard of under its name.
    kept.stream()
        .filter(epoch -> epoch.attempt() == state.attempt())
        .forEach(announcements::announce);
  }

  /** Makes it the continuation of another run, whose epochs become its own. */
  synchronized void goOnFrom(Checkpoint start, List<EpochCompleted> history) {
    history.stream()
        .filter(epoch -> epoch.epoch() <= start.epoch())
        .map(
            epoch ->
                new EpochCompleted(
                    state.run(), state.attempt(), epoch.epoch(), epoch.metrics(), epoch.time()))
        .forEach(
            epoch -> {
              folder.append(epoch);
              remember(epoch);
            });
    folder.write(start, specSha256());
  }

  /** Where a next attempt would go on. */
  Optional<Checkpoint> checkpoint() {
    return folder.readCheckpoint(specSha256());
  }

  /**
   * Makes a checkpoint where one is due. A turned knob is in it before its signal is answered, so
   * that what was answered is never lost.
   *
   * @param interval between checkpoints
   */
  synchronized void settled(Wish wish, Supplier<Checkpoint> checkpoint, Duration interval) {
    requireOwn();
    Instant now = clock.instant();
    boolean due = !now.isBefore(checkpointed.plus(interval));
    if (due || !applied.isEmpty() || !(wish instanceof Wish.GoOn)) {
      folder.write(checkpoint.get(), specSha256());
      checkpointed = now;
    }
    if (!(wish instanceof Wish.End)) {
      answerApplied();
    }
  }

  synchronized void evaluated(Map<String, Double> metrics) {
    save(state.evaluated(metrics));
  }

  synchronized Artifact addArtifact(String name, byte[] content) {
    Artifact artifact = folder.writeArtifact(name, content);
    save(state.with(artifact));
    return artifact;
  }

  /** Does nothing to a run that is past training. */
  synchronized void cancel() {
    if (state.phase() == Phase.QUEUED || state.phase() == Phase.PAUSED) {
      enter(Phase.CANCELLED, Optional.of("cancelled by its owner"));
    }
    cancelRequested = true;
  }

  /**
   * Frees the trainer after the current epoch; a run that waits or is paused no longer waits.
   *
   * @throws RunConflictException if it is past training
   */
  synchronized void pause() {
    switch (state.phase()) {
      case QUEUED -> enter(Phase.PAUSED, Optional.of("paused by its owner"));
      case PREPARING, RUNNING -> pauseRequested = true;
      case PAUSED -> {
        // It is what its owner wants.
      }
      default -> throw new RunConflictException(state, "paused");
    }
  }

  /**
   * Ends a pause.
   *
   * @return whether it waits for a trainer now
   * @throws RunConflictException if it isn't paused
   */
  synchronized boolean resume() {
    if (state.phase() == Phase.PAUSED) {
      waitAgain("resumed by its owner", 0);
      return true;
    }
    if (!pauseRequested) {
      throw new RunConflictException(state, "resumed");
    }
    pauseRequested = false;
    return false;
  }

  /** Answers the signal at once or keeps it until the epoch ends; a repetition changes nothing. */
  synchronized void receive(SignalIssued signal) {
    boolean known =
        state.answers().containsKey(signal.id().value())
            || waiting.contains(signal)
            || applied.contains(signal);
    if (known || signal.attempt() > state.attempt()) {
      repeat(signal);
      return;
    }
    SignalTriage.answer(signal, state, clock.instant())
        .ifPresentOrElse(answer -> answer(signal, answer), () -> waiting.add(signal));
  }

  /** Says once more what the trainer before answered, for it may not have come to say it. */
  private void repeat(SignalIssued signal) {
    Acknowledgement given = state.answers().get(signal.id().value());
    if (takenOver && given != null && repeated.add(signal.id())) {
      announce(signal, given);
    }
  }

  /** What the signals that wait, or the owner, want after an epoch. */
  synchronized Wish wish(int lastEpoch, Knobs knobs) {
    if (cancelRequested) {
      return new Wish.End(new TrainingOutcome.Cancelled());
    }
    Instant now = clock.instant();
    for (Iterator<SignalIssued> signals = waiting.iterator(); signals.hasNext(); ) {
      SignalIssued signal = signals.next();
      signals.remove();
      Optional<Acknowledgement> answer = SignalTriage.answer(signal, state, now);
      if (answer.isPresent()) {
        answer(signal, answer.get());
      } else if (signal.signal() instanceof ControlSignal.StopTraining) {
        applied.add(signal);
        return new Wish.End(
            new TrainingOutcome.StoppedEarly(signal.id(), signal.rule(), signal.reason()));
      } else {
        turn(signal, lastEpoch, knobs);
      }
    }
    return pauseRequested ? new Wish.Pause() : new Wish.GoOn();
  }

  private void turn(SignalIssued signal, int lastEpoch, Knobs knobs) {
    Knobs.Turn turn =
        signal.signal() instanceof ControlSignal.ReduceLearningRate rate
            ? knobs.reduceLearningRate(rate.factor())
            : strengthen((ControlSignal.StrengthenRegularization) signal.signal(), knobs);
    if (turn.turned()) {
      save(
          state.adjusted(
              new Adjustment(lastEpoch, signal.id(), signal.rule(), turn.text(), clock.instant())));
      applied.add(signal);
    } else {
      answer(signal, new Acknowledgement.Refused(turn.text()));
    }
  }

  private void answerApplied() {
    int lastEpoch = newest == null ? 0 : newest.epoch();
    applied.forEach(signal -> answer(signal, new Acknowledgement.Applied(lastEpoch)));
    applied.clear();
  }

  private static Knobs.Turn strengthen(
      ControlSignal.StrengthenRegularization stronger, Knobs knobs) {
    return knobs.strengthen(stronger.technique(), stronger.factor());
  }

  List<EpochCompleted> epochs() {
    return folder.readEpochs();
  }

  RunFolder folder() {
    return folder;
  }

  private void answer(SignalIssued signal, Acknowledgement answer) {
    save(state.answered(signal.id(), answer));
    announce(signal, answer);
  }

  private void announce(SignalIssued signal, Acknowledgement answer) {
    announcements.announce(
        new SignalAcknowledged(
            signal.id(), state.run(), signal.attempt(), answer, clock.instant()));
  }

  private void remember(EpochCompleted epoch) {
    newest = epoch;
    double loss = validationLoss(epoch);
    if (Double.isFinite(loss) && (best == null || loss < validationLoss(best))) {
      best = epoch;
    }
  }

  private static double validationLoss(EpochCompleted epoch) {
    return epoch.metric(MetricNames.VALIDATION_LOSS).orElse(Double.NaN);
  }

  private String specSha256() {
    return state.artifact(RunFolder.SPEC).orElseThrow().sha256();
  }

  private void save(RunState next) {
    requireOwn();
    folder.write(next);
    state = next;
  }

  private void requireOwn() {
    if (lost) {
      throw new LostRunException(state.run());
    }
  }

  void announcePhase() {
    announcements.announce(
        new RunChanged(
            state.run(),
            state.attempt(),
            spec.name(),
            spec.experiment(),
            state.phase(),
            spec.training().epochs(),
            bestEpoch(),
            state.latest().reason(),
            state.latest().time()));
  }
}
