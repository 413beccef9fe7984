package dev.bridle.inference.engine;

/** Whether a model can be sampled. */
sealed interface Sampling {
  /** Its Dropout acts: shown by two seeds that gave different answers. */
  record Available(MonteCarlo monteCarlo) implements Sampling {}

  /** It is served plainly alone. */
  record Refused(String reason) implements Sampling {}
}
