package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.bridle.trainer.model.ForwardPass;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import java.util.List;
import java.util.Optional;

/**
 * One technique with its settings: immutable, without state from step to step. Each hook does
 * nothing by default; the hooks of several techniques are called in the order of the submission.
 * Whatever is random is drawn from the engine, which is reseeded before each step, or from the
 * step's seed.
 */
public interface Regularizer {
  /** Whether {@link #batch} needs to know the images' shape. */
  default boolean needsImages() {
    return false;
  }

  /** Whether there has to be a head that predicts classes. */
  default boolean needsClasses() {
    return false;
  }

  /**
   * Changes a network's layers, before it is built.
   *
   * @throws dev.bridle.trainer.spec.InvalidFieldException if the technique doesn't fit them
   */
  default List<Layer> layers(Network network) {
    return network.layers();
  }

  /** Changes what a step trains on. */
  default Batch batch(Batch batch, StepContext step) {
    return batch;
  }

  /** Whether {@link #perturb} does anything. */
  default boolean perturbsWeights() {
    return false;
  }

  /**
   * Changes a matrix of weights in place for one pass; the loop puts it back behind it.
   *
   * @param weight without gradient, [units, inputs]
   * @return the derivative of the changed weights by the weights, element by element; empty where
   *     it is 1
   */
  default Optional<NDArray> perturb(NDArray weight, NDManager manager) {
    return Optional.empty();
  }

  /** What is added to the mean loss of a batch, a scalar; empty for nothing. */
  default Optional<NDArray> penalty(ForwardPass pass) {
    return Optional.empty();
  }

  /**
   * Changes gradients before the optimizer sees them.
   *
   * @return what the technique adds to the loss that is reported
   */
  default double gradients(List<WeightStep> weights) {
    return 0;
  }

  /** Changes a weight before the optimizer's update; its gradient is taken already. */
  default void beforeUpdate(WeightStep weight, double learningRate) {}

  /** Changes a weight after the optimizer's update. */
  default void afterUpdate(WeightStep weight, double learningRate) {}

  /**
   * The technique with its strength multiplied; each says what that is for it.
   *
   * @param factor above 1
   * @return empty if it has no strength, or is as strong as it can be
   */
  default Optional<Regularizer> strengthened(double factor) {
    return Optional.empty();
  }
}
