package dev.bridle.trainer.spec;

/**
 * Adam (Kingma and Ba, 2015).
 *
 * @param learningRate in (0, 10]: 0.001
 * @param beta1 decay of the first moment, in [0, 1): 0.9
 * @param beta2 decay of the second moment, in [0, 1): 0.999
 * @param epsilon in (0, 1]: 1e-8
 */
public record AdamSpec(Double learningRate, Double beta1, Double beta2, Double epsilon)
    implements OptimizerSpec {
  static final AdamSpec DEFAULT = new AdamSpec(null, null, null, null);

  public AdamSpec {
    learningRate =
        Require.above(
            "training.optimizer.learningRate", 0, 10, Require.orElse(learningRate, 0.001));
    beta1 = Require.from("training.optimizer.beta1", 0, 1, Require.orElse(beta1, 0.9));
    beta2 = Require.from("training.optimizer.beta2", 0, 1, Require.orElse(beta2, 0.999));
    epsilon = Require.above("training.optimizer.epsilon", 0, 1, Require.orElse(epsilon, 1e-8));
  }
}
