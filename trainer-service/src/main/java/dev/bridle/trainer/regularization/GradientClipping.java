package dev.bridle.trainer.regularization;

import java.util.List;
import java.util.Optional;

/**
 * Scales all gradients by norm / |g| where |g|, their Euclidean norm over all layers, is above
 * {@code norm}; a norm that is NaN or infinite changes nothing, so that the run ends as diverged
 * rather than goes on with zeros. Listed behind L2 it clips L2's gradient too. Source: Pascanu,
 * Mikolov and Bengio, 2013. Strengthened: norm divided by factor, down to 1e-6.
 */
record GradientClipping(double norm) implements Regularizer {
  private static final double LEAST = 1e-6;

  GradientClipping(Settings settings) {
    this(settings.number("norm", 1, LEAST, 1e6));
  }

  @Override
  public double gradients(List<WeightStep> weights) {
    double squares = 0;
    for (WeightStep weight : weights) {
      squares += Norms.squared(weight.gradient());
    }
    double length = Math.sqrt(squares);
    if (length > norm && Double.isFinite(length)) {
      float scale = (float) (norm / length);
      for (WeightStep weight : weights) {
        for (int i = 0; i < weight.gradient().length; i++) {
          weight.gradient()[i] *= scale;
        }
      }
    }
    return 0;
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return norm > LEAST
        ? Optional.of(new GradientClipping(Math.max(LEAST, norm / factor)))
        : Optional.empty();
  }
}
