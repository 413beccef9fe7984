package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.bridle.trainer.model.Mask;
import java.util.Optional;

/**
 * Each step's gradients are taken at w m / (1 - rate), with m 0 with probability {@code rate}, else
 * 1, drawn anew for every weight of a matrix; one mask for the batch, where the paper draws one for
 * each row. Source: Wan et al., 2013. Strengthened: rate times factor, up to 0.9.
 */
record DropConnect(double rate) implements Regularizer {
  DropConnect(Settings settings) {
    this(settings.number("rate", 0.5, 0, Rates.MOST));
  }

  @Override
  public boolean perturbsWeights() {
    return true;
  }

  @Override
  public Optional<NDArray> perturb(NDArray weight, NDManager manager) {
    NDArray factor = Mask.of(weight.getShape(), rate, 1 / (1 - rate), manager);
    weight.muli(factor);
    return Optional.of(factor);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(rate, factor).map(DropConnect::new);
  }
}
