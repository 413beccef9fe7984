package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;

/** Draws from the engine's current seed. */
final class Noise {
  private Noise() {}

  /** x + N(0, deviation^2). */
  static NDArray added(NDArray x, double deviation) {
    return x.add(normal(x).mul(deviation));
  }

  /** N(0, 1) in the shape of x. */
  static NDArray normal(NDArray x) {
    return x.getManager().randomNormal(x.getShape());
  }
}
