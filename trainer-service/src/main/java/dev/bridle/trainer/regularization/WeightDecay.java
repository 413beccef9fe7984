package dev.bridle.trainer.regularization;

import java.util.Optional;

/**
 * Decoupled decay of the matrices: w = w (1 - rate strength) - update, which the gradient's moments
 * never see: with adam it is AdamW, with sgd SGDW. PyTorch's convention: the strength is multiplied
 * by the (scheduled) learning rate, and nothing is left of w from rate strength 1 on. Source:
 * Loshchilov and Hutter, 2019. Strengthened: strength times factor.
 */
record WeightDecay(double strength) implements Regularizer {
  WeightDecay(Settings settings) {
    this(settings.number("strength", 0.01, 0, 100));
  }

  @Override
  public void beforeUpdate(WeightStep weight, double learningRate) {
    if (weight.matrix()) {
      float kept = (float) Math.max(0, 1 - learningRate * strength);
      float[] values = weight.values();
      for (int i = 0; i < values.length; i++) {
        values[i] *= kept;
      }
    }
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new WeightDecay(strength * factor));
  }
}
