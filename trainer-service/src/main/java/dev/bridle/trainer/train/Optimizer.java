package dev.bridle.trainer.train;

/** Turns gradients into updates; it owns its state, so that a run can be resumed exactly. */
interface Optimizer {
  /** Called once before the updates of each step. */
  void beginStep();

  /**
   * Updates one weight array in place.
   *
   * @param name the weight's, by which its state is kept
   */
  void update(String name, float[] weight, float[] gradient);

  double learningRate();
}
