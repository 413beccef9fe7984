package dev.bridle.trainer.runs;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.trainer.train.Knobs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The signals to one run: each is answered once, at once or when what it wanted is in a checkpoint.
 * Not thread-safe.
 */
final class RunSignals {
  private final RunRecord record;
  private final Announcements announcements;
  private final Clock clock;
  private final List<SignalIssued> waiting = new ArrayList<>();
  private final List<SignalIssued> applied = new ArrayList<>();
  private final Set<SignalId> said = new HashSet<>();
  private boolean takenOver;

  RunSignals(RunRecord record, Announcements announcements, Clock clock) {
    this.record = record;
    this.announcements = announcements;
    this.clock = clock;
  }

  /** What the trainer before answered is said once more, for it may not have come to say it. */
  void takenOver() {
    takenOver = true;
  }

  /** Answers the signal at once or keeps it until the epoch ends; a repetition changes nothing. */
  void receive(SignalIssued signal) {
    RunState state = record.state();
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

  /** Says an answer again that a process before this one may not have come to say. */
  private void repeat(SignalIssued signal) {
    Acknowledgement given = record.state().answers().get(signal.id().value());
    if (given == null || said.contains(signal.id())) {
      return;
    }
    record.state().lastAnswers().stream()
        .filter(answer -> answer.signal().equals(signal.id()))
        .findFirst()
        .or(() -> takenOver ? Optional.of(acknowledged(signal, given)) : Optional.empty())
        .ifPresent(this::say);
  }

  /**
   * Does what the waiting signals want after an epoch.
   *
   * @return how training ends, if one wants it to; those behind it go on waiting
   */
  Optional<TrainingOutcome> follow(int lastEpoch, Knobs knobs) {
    Instant now = clock.instant();
    for (Iterator<SignalIssued> signals = waiting.iterator(); signals.hasNext(); ) {
      SignalIssued signal = signals.next();
      signals.remove();
      Optional<Acknowledgement> answer = SignalTriage.answer(signal, record.state(), now);
      if (answer.isPresent()) {
        answer(signal, answer.get());
      } else if (signal.signal() instanceof ControlSignal.StopTraining) {
        applied.add(signal);
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
      Adjustment adjustment =
          new Adjustment(lastEpoch, signal.id(), signal.rule(), turn.text(), clock.instant());
      record.save(record.state().adjusted(adjustment));
      applied.add(signal);
    } else {
      answer(signal, new Acknowledgement.Refused(turn.text()));
    }
  }

  private static Knobs.Turn strengthen(
      ControlSignal.StrengthenRegularization stronger, Knobs knobs) {
    return knobs.strengthen(stronger.technique(), stronger.factor());
  }

  boolean anyApplied() {
    return !applied.isEmpty();
  }

  /** Saves the state with the answers to the signals that were applied, at once; then says them. */
  void answerApplied(RunState state) {
    Acknowledgement answer = new Acknowledgement.Applied(record.lastEpoch());
    answer(state, applied.stream().map(signal -> acknowledged(signal, answer)).toList());
    applied.clear();
  }

  /** To all that still wait. */
  void tooLate(String reason) {
    waiting.forEach(
        signal -> SignalTriage.tooLate(reason).ifPresent(answer -> answer(signal, answer)));
    waiting.clear();
  }

  private void answer(SignalIssued signal, Acknowledgement answer) {
    answer(record.state(), List.of(acknowledged(signal, answer)));
  }

  private void answer(RunState state, List<SignalAcknowledged> answers) {
    record.save(state.answered(answers));
    answers.forEach(this::say);
  }

  private void say(SignalAcknowledged answer) {
    said.add(answer.signal());
    announcements.announce(answer);
  }

  private SignalAcknowledged acknowledged(SignalIssued signal, Acknowledgement answer) {
    return new SignalAcknowledged(
        signal.id(), record.state().run(), signal.attempt(), answer, clock.instant());
  }
}
