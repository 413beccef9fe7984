package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Mixes each row with another of its batch, features and targets alike: l a + (1 - l) b, with one l
 * a step from Beta(alpha, alpha). Source: Zhang et al., 2018. Strengthened: alpha times factor.
 */
record Mixup(double alpha) implements Regularizer {
  Mixup(Settings settings) {
    this(settings.number("alpha", 0.2, 0.01, 100));
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    double share = beta(new SplittableRandom(step.seed()));
    NDArray other = step.manager().randomPermutation(batch.features().getShape().get(0));
    return new Batch(mixed(batch.features(), other, share), mixed(batch.targets(), other, share));
  }

  private static NDArray mixed(NDArray values, NDArray other, double share) {
    return values.mul(share).add(values.get(new NDIndex("{}", other)).mul(1 - share));
  }

  /** a / (a + b) of two gamma variates. */
  double beta(SplittableRandom random) {
    double a = gamma(alpha, random);
    double b = gamma(alpha, random);
    return a + b > 0 ? a / (a + b) : 0.5;
  }

  /** Marsaglia and Tsang, 2000; for a shape below 1 boosted by U^(1 / shape). */
  private static double gamma(double shape, SplittableRandom random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new Mixup(alpha * factor));
  }
}
