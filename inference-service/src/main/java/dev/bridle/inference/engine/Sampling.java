package dev.bridle.inference.engine;

import java.util.Optional;

/** Whether a model can be sampled. */
sealed interface Sampling {
  /**
   * Its Dropout acts: shown by two seeds that gave different answers.
   *
   * @param closedForm there where the one Dropout lies before the last layer
   */
  record Available(MonteCarlo monteCarlo, Optional<ClosedForm> closedForm) implements Sampling {}

  /** It is served plainly alone. */
  record Refused(String reason) implements Sampling {}
}
