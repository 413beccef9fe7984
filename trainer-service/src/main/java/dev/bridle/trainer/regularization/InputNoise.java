package dev.bridle.trainer.regularization;

import java.util.Optional;

/**
 * x + N(0, deviation^2), in standard deviations of each feature. Source: Bishop, Training with
 * Noise is Equivalent to Tikhonov Regularization, 1995. Strengthened: deviation times factor.
 */
record InputNoise(double deviation) implements Regularizer {
  InputNoise(Settings settings) {
    this(settings.number("deviation", 0.1, 0, 100));
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    return batch.withFeatures(Noise.added(batch.features(), deviation));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new InputNoise(deviation * factor));
  }
}
