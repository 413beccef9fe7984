package dev.bridle.trainer.queue;

import dev.bridle.events.Phase;
import java.util.Optional;

/** How a run rests that nobody works on. */
public enum Rest {
  WAITING,
  PAUSED,
  ENDED;

  /** Empty for a phase in which a run is worked on. */
  static Optional<Rest> in(Phase phase) {
    return switch (phase) {
      case QUEUED -> Optional.of(WAITING);
      case PAUSED -> Optional.of(PAUSED);
      case SUCCEEDED, FAILED, CANCELLED -> Optional.of(ENDED);
      case PREPARING, RUNNING, EXPORTING -> Optional.empty();
    };
  }
}
