package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;

/**
 * Each step's gradients are taken at w + N(0, deviation^2), drawn anew for every matrix, and
 * applied to w. Source: Graves, Practical Variational Inference, 2011; An, 1996. Strengthened:
 * deviation times factor.
 */
record WeightNoise(double deviation) implements Regularizer {
  WeightNoise(Settings settings) {
    this(settings.number("deviation", 0.01, 0, 10));
  }

  @Override
  public boolean perturbsWeights() {
    return true;
  }

  @Override
  public Optional<NDArray> perturb(NDArray weight, NDManager manager) {
    weight.addi(manager.randomNormal(weight.getShape()).mul(deviation));
    return Optional.empty();
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new WeightNoise(deviation * factor));
  }
}
