package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import dev.bridle.trainer.model.ForwardPass;
import java.util.Optional;

/**
 * strength * mean over the rows of sum |h|, over the hidden units h: representations become sparse.
 * Source: Glorot, Bordes and Bengio, 2011, 3.2. Strengthened: strength times factor.
 */
record ActivityL1(double strength) implements Regularizer {
  ActivityL1(Settings settings) {
    this(settings.number("strength", 1e-4, 0, 100));
  }

  @Override
  public Optional<NDArray> penalty(ForwardPass pass) {
    return pass.activations().stream()
        .map(h -> h.abs().sum().mul((float) (strength / h.getShape().get(0))))
        .reduce(NDArray::add);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new ActivityL1(strength * factor));
  }
}
