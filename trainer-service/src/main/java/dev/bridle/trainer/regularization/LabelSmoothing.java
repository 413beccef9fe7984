package dev.bridle.trainer.regularization;

import java.util.Optional;

/**
 * Targets of classes become (1 - share) t + share / classes. Source: Szegedy et al., 2016.
 * Strengthened: share times factor, up to 0.9.
 */
record LabelSmoothing(double share) implements Regularizer {
  LabelSmoothing(Settings settings) {
    this(settings.number("share", 0.1, 0, Rates.MOST));
  }

  @Override
  public boolean needsClasses() {
    return true;
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    return batch.withTargets(step.heads().smoothed(batch.targets(), share));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(share, factor).map(LabelSmoothing::new);
  }
}
