package dev.bridle.trainer.runs;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.train.EpochRecord;
import dev.bridle.trainer.train.Knobs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run: every change is written to its folder first, then announced. Its trainer, the reader of
 * signals and REST use it at the same time.
 */
final class Run {
  private final RunSpec spec;
  private final RunFolder folder;
  private final Announcements announcements;
  private final Clock clock;
  private final List<SignalIssued> waiting = new ArrayList<>();
  private RunState state;
  private EpochCompleted newest;
  private EpochCompleted best;
  private boolean cancelRequested;

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
      byte[] canonicalSpec,
      RunId id,
      RunFolder folder,
      Announcements announcements,
      Clock clock) {
    RunState queued = RunState.queued(id, clock.instant());
    Run run = new Run(spec, queued, folder, announcements, clock);
    run.addArtifact(RunFolder.SPEC, canonicalSpec);
    run.announcePhase();
    return run;
  }

  static Run restored(RunFolder folder, Announcements announcements, Clock clock) {
    Run run = new Run(folder.readSpec(), folder.readState(), folder, announcements, clock);
    folder.readEpochs().forEach(run::remember);
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
    save(state.ended(outcome));
    announcements.announce(
        new RunEnded(
            state.run(), state.attempt(), lastEpoch, bestEpoch(), outcome, clock.instant()));
    waiting.forEach(
        signal ->
            SignalTriage.tooLate("training ended after epoch " + lastEpoch)
                .ifPresent(answer -> answer(signal, answer)));
    waiting.clear();
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
    if (state.phase() == Phase.QUEUED) {
      enter(Phase.CANCELLED, Optional.of("cancelled by its owner"));
    }
    cancelRequested = true;
  }

  /** Answers the signal at once or keeps it until the epoch ends; a repetition changes nothing. */
  synchronized void receive(SignalIssued signal) {
    boolean known =
        state.answers().containsKey(signal.id().value())
            || waiting.stream().anyMatch(other -> other.id().equals(signal.id()));
    if (known || signal.attempt() > state.attempt()) {
      return;
    }
    SignalTriage.answer(signal, state, clock.instant())
        .ifPresentOrElse(answer -> answer(signal, answer), () -> waiting.add(signal));
  }

  /** What the signals that wait, or the owner, want after an epoch. */
  synchronized Optional<TrainingOutcome> wishToEnd(int lastEpoch, Knobs knobs) {
    if (cancelRequested) {
      return Optional.of(new TrainingOutcome.Cancelled());
    }
    Instant now = clock.instant();
    for (Iterator<SignalIssued> signals = waiting.iterator(); signals.hasNext(); ) {
      SignalIssued signal = signals.next();
      signals.remove();
      Optional<Acknowledgement> late = SignalTriage.answer(signal, state, now);
      if (late.isPresent()) {
        answer(signal, late.get());
      } else if (signal.signal() instanceof ControlSignal.StopTraining) {
        answer(signal, new Acknowledgement.Applied(lastEpoch));
        return Optional.of(
            new TrainingOutcome.StoppedEarly(signal.id(), signal.rule(), signal.reason()));
      } else {
        turn(signal, lastEpoch, knobs);
      }
    }
    return Optional.empty();
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
      answer(signal, new Acknowledgement.Applied(lastEpoch));
    } else {
      answer(signal, new Acknowledgement.Refused(turn.text()));
    }
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

  private void save(RunState next) {
    folder.write(next);
    state = next;
  }

  private void announcePhase() {
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
