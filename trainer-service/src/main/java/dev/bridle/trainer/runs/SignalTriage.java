package dev.bridle.trainer.runs;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.Phase;
import dev.bridle.events.SignalIssued;
import java.time.Instant;
import java.util.Optional;

/** What can be said about a signal at once; pure. */
final class SignalTriage {
  private SignalTriage() {}

  /**
   * The answer to a signal that will not be applied, or was before it could be answered; empty for
   * one that waits for the end of the epoch.
   *
   * @param state of the run that it is addressed to
   */
  static Optional<Acknowledgement> answer(SignalIssued signal, RunState state, Instant now) {
    Optional<Acknowledgement> applied = applied(signal, state);
    if (applied.isPresent()) {
      return applied;
    }
    if (signal.attempt() < state.attempt() && !stands(signal, state)) {
      return tooLate(
          "attempt %d is over: the run is in attempt %d"
              .formatted(signal.attempt(), state.attempt()));
    }
    Phase phase = state.phase();
    if (phase.isFinal() || state.outcome().isPresent()) {
      return tooLate("training is over: the run is " + phase);
    }
    if (!now.isBefore(signal.expiresAt())) {
      return tooLate("it expired at " + signal.expiresAt());
    }
    return signal.signal() instanceof ControlSignal.Unrecognized
        ? Optional.of(new Acknowledgement.Refused("this trainer does not know the kind of signal"))
        : Optional.empty();
  }

  /** Says so of a knob that was turned by a process that ended before it said so. */
  private static Optional<Acknowledgement> applied(SignalIssued signal, RunState state) {
    return state
        .adjustment(signal.id())
        .map(change -> new Acknowledgement.Applied(change.afterEpoch()));
  }

  /** Whether a decision rests on epochs of an earlier attempt that the resumed run kept. */
  private static boolean stands(SignalIssued signal, RunState state) {
    return signal.epoch() <= state.resumedFromEpoch();
  }

  static Optional<Acknowledgement> tooLate(String reason) {
    return Optional.of(new Acknowledgement.TooLate(reason));
  }
}
