package dev.bridle.trainer.regularization;

import java.util.List;
import java.util.Optional;

/**
 * strength / 2 * sum w^2 over the matrices, coupled: it is part of the loss, its gradient strength
 * w passes through the optimizer, as weight_decay of PyTorch's SGD and Adam. Keras' l2(x) is
 * strength 2 x. Source: Krogh and Hertz, 1991. Strengthened: strength times factor.
 */
record L2(double strength) implements Regularizer {
  L2(Settings settings) {
    this(settings.number("strength", 1e-4, 0, 100));
  }

  @Override
  public double gradients(List<WeightStep> weights) {
    float factor = (float) strength;
    Matrices.each(
        weights,
        weight -> {
          for (int i = 0; i < weight.values().length; i++) {
            weight.gradient()[i] += factor * weight.values()[i];
          }
        });
    return strength / 2 * Matrices.squares(weights);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new L2(strength * factor));
  }
}
