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

  /** 1 with probability {@code kept}, else 0, in the shape of x. */
  static NDArray mask(NDArray x, double kept) {
    return x.getManager()
        .randomUniform(0f, 1f, x.getShape())
        .lt(kept)
        .toType(x.getDataType(), false);
  }
}
