package dev.bridle.trainer.spec;

/**
 * Stochastic gradient descent with momentum.
 *
 * @param learningRate in (0, 10]: 0.01
 * @param momentum in [0, 1): 0.9
 */
public record SgdSpec(Double learningRate, Double momentum) implements OptimizerSpec {
  public SgdSpec {
    learningRate =
        Require.above("training.optimizer.learningRate", 0, 10, Require.orElse(learningRate, 0.01));
    momentum = Require.from("training.optimizer.momentum", 0, 1, Require.orElse(momentum, 0.9));
  }
}
