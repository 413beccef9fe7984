package dev.bridle.trainer.model;

/** Noise that stays alive in the exported graph, for MC-dropout. */
public interface LiveDropout extends Layer {
  /** The share that is dropped, in (0, 1). */
  double ratio();

  @Override
  default boolean addsNoise() {
    return true;
  }
}
