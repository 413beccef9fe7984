package dev.bridle.trainer.runs;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One run: every change is written to its folder first, then announced. Its trainer, the reader of
 * signals and REST use it at the same time.
 */
final class Run {
  private static final int MOST_CRASHES = 3;

  private final RunSpec spec;
  private final RunRecord record;
  private final RunSignals signals;
  private final Announcements announcements;
  private final Clock clock;
  private Instant checkpointed;
  private boolean cancelRequested;
  private boolean pauseRequested;
  private boolean takenOver;

  private Run(RunSpec spec, RunRecord record, Announcements announcements, Clock clock) {
    this.spec = spec;
    this.record = record;
    this.announcements = announcements;
    this.clock = clock;
    this.signals = new RunSignals(record, announcements, clock);
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
    Run run = new Run(spec, new RunRecord(folder, queued), announcements, clock);
    run.addArtifact(RunFolder.SPEC, canonical);
    return run;
  }

  static Run restored(RunFolder folder, Announcements announcements, Clock clock) {
    return new Run(folder.readSpec(), RunRecord.read(folder), announcements, clock);
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
    return record.state();
  }

  synchronized Optional<EpochCompleted> newestEpoch() {
    return record.newest();
  }

  synchronized OptionalInt bestEpoch() {
    return record.bestEpoch();
  }

  synchronized void enter(Phase phase, Optional<String> reason) {
    record.save(state().entered(new PhaseTransition(phase, clock.instant(), reason)));
    announcePhase();
  }

  synchronized void completed(EpochRecord epoch) {
    EpochCompleted event = own(epoch.epoch(), epoch.metrics(), clock.instant());
    record.append(event);
    announcements.announce(event);
  }

  /** Takes the outcome down; signals that still wait are too late now. */
  synchronized void ended(TrainingOutcome outcome) {
    signals.answerApplied(state().ended(outcome));
    announcements.announce(
        new RunEnded(
            state().run(),
            state().attempt(),
            record.lastEpoch(),
            bestEpoch(),
            outcome,
            clock.instant()));
    signals.tooLate("training ended after epoch " + record.lastEpoch());
  }

  /**
   * Waits for a trainer again, as the next attempt, which goes on after the newest checkpoint.
   * Later epochs are forgotten: they are trained again.
   *
   * @param crashes processes in a row that ended with this run at this checkpoint
   */
  synchronized void waitAgain(String reason, int crashes) {
    int epoch = checkpoint().map(Checkpoint::epoch).orElse(0);
    record.keepEpochsUpTo(epoch);
    pauseRequested = false;
    record.save(state().resumed(epoch, epoch > state().resumedFromEpoch() ? 0 : crashes));
    enter(Phase.QUEUED, Optional.of(reason));
  }

  /**
   * Takes up a run whose trainer is gone.
   *
   * @param cause what became of it
   */
  synchronized void goOn(String cause) {
    int crashes = state().crashes() + 1;
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
    if (state().outcome().isEmpty()) {
      ended(new TrainingOutcome.Failed(reason));
    }
    if (!state().phase().isFinal()) {
      enter(Phase.FAILED, Optional.of(reason));
    }
  }

  synchronized boolean isInProgress() {
    return switch (state().phase()) {
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
    signals.takenOver();
  }

  /** Another trainer has it: every further change is refused. */
  synchronized void lose() {
    record.lose();
  }

  /** Says that its silence is wanted. */
  synchronized void suspended(String reason) {
    announcements.announce(
        new AttemptSuspended(
            state().run(), state().attempt(), record.lastEpoch(), reason, clock.instant()));
  }

  /** Says which attempt begins, and what it goes on from. */
  synchronized void begin() {
    checkpointed = clock.instant();
    List<EpochCompleted> kept = epochs();
    if (takenOver) {
      kept.stream()
          .filter(epoch -> epoch.attempt() < state().attempt())
          .forEach(announcements::announce);
    }
    announcements.announce(
        new AttemptStarted(
            state().run(),
            state().attempt(),
            state().resumedFromEpoch(),
            spec.name(),
            spec.experiment(),
            spec.training().epochs(),
            spec.policy(),
            clock.instant()));
    // A branch brings epochs along, which nobody has heard of under its name.
    kept.stream()
        .filter(epoch -> epoch.attempt() == state().attempt())
        .forEach(announcements::announce);
  }

  /** Makes it the continuation of another run, whose epochs become its own. */
  synchronized void goOnFrom(Checkpoint start, List<EpochCompleted> history) {
    history.stream()
        .filter(epoch -> epoch.epoch() <= start.epoch())
        .map(epoch -> own(epoch.epoch(), epoch.metrics(), epoch.time()))
        .forEach(record::append);
    record.write(start);
  }

  /** Where a next attempt would go on. */
  Optional<Checkpoint> checkpoint() {
    return record.checkpoint();
  }

  /**
   * Makes a checkpoint where one is due. A turned knob is in it before its signal is answered, so
   * that what was answered is never lost.
   *
   * @param interval between checkpoints
   */
  synchronized void settled(Wish wish, Supplier<Checkpoint> checkpoint, Duration interval) {
    record.requireOwn();
    Instant now = clock.instant();
    boolean due = !now.isBefore(checkpointed.plus(interval));
    if (due || signals.anyApplied() || !(wish instanceof Wish.GoOn)) {
      record.write(checkpoint.get());
      checkpointed = now;
    }
    if (signals.anyApplied() && !(wish instanceof Wish.End)) {
      signals.answerApplied(state());
    }
  }

  synchronized void evaluated(Map<String, Double> metrics) {
    record.save(state().evaluated(metrics));
  }

  synchronized Artifact addArtifact(String name, byte[] content) {
    return record.add(name, content);
  }

  /** Does nothing to a run that is past training. */
  synchronized void cancel() {
    if (state().phase() == Phase.QUEUED || state().phase() == Phase.PAUSED) {
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
    switch (state().phase()) {
      case QUEUED -> enter(Phase.PAUSED, Optional.of("paused by its owner"));
      case PREPARING, RUNNING -> pauseRequested = true;
      case PAUSED -> {
        // It is what its owner wants.
      }
      default -> throw new RunConflictException(state(), "paused");
    }
  }

  /**
   * Ends a pause.
   *
   * @return whether it waits for a trainer now
   * @throws RunConflictException if it isn't paused
   */
  synchronized boolean resume() {
    if (state().phase() == Phase.PAUSED) {
      waitAgain("resumed by its owner", 0);
      return true;
    }
    if (!pauseRequested) {
      throw new RunConflictException(state(), "resumed");
    }
    pauseRequested = false;
    return false;
  }

  synchronized void receive(SignalIssued signal) {
    signals.receive(signal);
  }

  /** What the owner, or the signals that wait, want after an epoch. */
  synchronized Wish wish(int lastEpoch, Knobs knobs) {
    if (cancelRequested) {
      return new Wish.End(new TrainingOutcome.Cancelled());
    }
    return signals
        .follow(lastEpoch, knobs)
        .<Wish>map(Wish.End::new)
        .orElseGet(() -> pauseRequested ? new Wish.Pause() : new Wish.GoOn());
  }

  List<EpochCompleted> epochs() {
    return record.folder().readEpochs();
  }

  RunFolder folder() {
    return record.folder();
  }

  private EpochCompleted own(int epoch, Map<String, Double> metrics, Instant time) {
    return new EpochCompleted(state().run(), state().attempt(), epoch, metrics, time);
  }

  void announcePhase() {
    announcements.announce(
        new RunChanged(
            state().run(),
            state().attempt(),
            spec.name(),
            spec.experiment(),
            state().phase(),
            spec.training().epochs(),
            bestEpoch(),
            state().latest().reason(),
            state().latest().time()));
  }
}
