package dev.bridle.trainer.regularization;

import java.util.List;
import java.util.Optional;

/**
 * strength * (l1Ratio sum |w| + (1 - l1Ratio) / 2 sum w^2) over the matrices, by its proximal
 * operator after each update: the soft threshold of {@link L1} by t = rate strength l1Ratio, then
 * divided by 1 + rate strength (1 - l1Ratio). scikit-learn's convention of the ratio. Source: Zou
 * and Hastie, 2005; Parikh and Boyd, 2014, 6.5.3. Strengthened: strength times factor.
 */
record ElasticNet(double strength, double l1Ratio) implements Regularizer {
  ElasticNet(Settings settings) {
    this(settings.number("strength", 1e-4, 0, 100), settings.number("l1Ratio", 0.5, 0, 1));
  }

  @Override
  public double gradients(List<WeightStep> weights) {
    return strength
        * (l1Ratio * Matrices.absolutes(weights) + (1 - l1Ratio) / 2 * Matrices.squares(weights));
  }

  @Override
  public void afterUpdate(WeightStep weight, double learningRate) {
    if (weight.matrix()) {
      float by = (float) (learningRate * strength * l1Ratio);
      float divisor = (float) (1 + learningRate * strength * (1 - l1Ratio));
      float[] values = weight.values();
      for (int i = 0; i < values.length; i++) {
        values[i] = Matrices.shrunk(values[i], by) / divisor;
      }
    }
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new ElasticNet(strength * factor, l1Ratio));
  }
}
