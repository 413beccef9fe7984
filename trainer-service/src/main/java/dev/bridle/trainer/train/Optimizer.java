package dev.bridle.trainer.train;

import dev.bridle.trainer.spec.AdamSpec;
import dev.bridle.trainer.spec.OptimizerSpec;
import dev.bridle.trainer.spec.SgdSpec;

/** Turns gradients into updates; it owns its state, so that a run can be resumed exactly. */
interface Optimizer {
  static Optimizer of(OptimizerSpec spec) {
    return spec instanceof SgdSpec sgd ? new Sgd(sgd) : new Adam((AdamSpec) spec);
  }

  /** Called once before the updates of each step. */
  void beginStep(double learningRate);

  /**
   * Updates one weight array in place.
   *
   * @param name the weight's, by which its state is kept
   */
  void update(String name, float[] weight, float[] gradient);

  /** A copy of what it remembers. */
  OptimizerState state();

  /** Goes on where another of its kind was. */
  void restore(OptimizerState state);
}
