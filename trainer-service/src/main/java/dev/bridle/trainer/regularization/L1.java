package dev.bridle.trainer.regularization;

import java.util.List;
import java.util.Optional;

/**
 * strength * sum |w| over the matrices, by its proximal operator after each update: w = sign(w)
 * max(|w| - rate strength, 0), which makes exact zeros where a subgradient makes none. Under Adam
 * too the threshold is by the plain learning rate: decoupled, as AdamW's decay. NaN stays NaN.
 * Source: Parikh and Boyd, Proximal Algorithms, 2014, 6.5.2. Strengthened: strength times factor.
 */
record L1(double strength) implements Regularizer {
  L1(Settings settings) {
    this(settings.number("strength", 1e-4, 0, 100));
  }

  @Override
  public double gradients(List<WeightStep> weights) {
    return strength * Matrices.absolutes(weights);
  }

  @Override
  public void afterUpdate(WeightStep weight, double learningRate) {
    if (weight.matrix()) {
      float by = (float) (learningRate * strength);
      float[] values = weight.values();
      for (int i = 0; i < values.length; i++) {
        values[i] = Matrices.shrunk(values[i], by);
      }
    }
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new L1(strength * factor));
  }
}
