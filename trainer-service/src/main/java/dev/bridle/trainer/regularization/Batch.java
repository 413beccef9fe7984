package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;

/**
 * What one step trains on.
 *
 * @param features standardized, FLOAT [rows, features]
 * @param targets of all heads, FLOAT [rows, outputs]: probabilities of classes, each row's sum 1;
 *     standardized numbers
 */
public record Batch(NDArray features, NDArray targets) {
  Batch withFeatures(NDArray others) {
    return new Batch(others, targets);
  }

  Batch withTargets(NDArray others) {
    return new Batch(features, others);
  }
}
