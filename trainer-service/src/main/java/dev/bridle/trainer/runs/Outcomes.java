package dev.bridle.trainer.runs;

import dev.bridle.events.TrainingOutcome;
import java.util.Optional;

/** Outcomes in words. */
final class Outcomes {
  private Outcomes() {}

  /** Why training ended; empty where it went by plan. */
  static Optional<String> reason(TrainingOutcome outcome) {
    if (outcome instanceof TrainingOutcome.StoppedEarly stopped) {
      return Optional.of(stopped.rule() + ": " + stopped.reason());
    }
    if (outcome instanceof TrainingOutcome.Diverged diverged) {
      return Optional.of("the loss of epoch " + diverged.epoch() + " is not a finite number");
    }
    if (outcome instanceof TrainingOutcome.Cancelled) {
      return Optional.of("cancelled by its owner");
    }
    return outcome instanceof TrainingOutcome.Failed failed
        ? Optional.of(failed.reason())
        : Optional.empty();
  }
}
