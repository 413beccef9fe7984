package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import dev.bridle.trainer.model.Activate;
import dev.bridle.trainer.model.ForwardPass;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.spec.Activation;
import dev.bridle.trainer.spec.InvalidFieldException;
import java.util.List;
import java.util.Optional;

/**
 * strength * sum over the hidden units of KL(target || q) = target ln(target / q) + (1 - target)
 * ln((1 - target) / (1 - q)), with q the unit's mean over the batch, held to [1e-6, 1 - 1e-6]. For
 * sigmoid units, whose q is a rate; other activations are refused. Source: Ng, Sparse Autoencoder,
 * 2011. Strengthened: strength times factor.
 */
record ActivityKL(double strength, double target) implements Regularizer {
  private static final float EDGE = 1e-6f;

  ActivityKL(Settings settings) {
    this(settings.number("strength", 1e-3, 0, 100), settings.number("target", 0.05, 0.001, 0.999));
  }

  @Override
  public List<Layer> layers(Network network) {
    for (Layer layer : network.layers()) {
      if (layer instanceof Activate hidden && hidden.activation() != Activation.SIGMOID) {
        throw new InvalidFieldException(
            "model.activation",
            "should be sigmoid for activityKL: was "
                + hidden.activation().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    return network.layers();
  }

  @Override
  public Optional<NDArray> penalty(ForwardPass pass) {
    return pass.activations().stream().map(this::divergence).reduce(NDArray::add);
  }

  private NDArray divergence(NDArray h) {
    NDArray q = h.mean(new int[] {0}).clip(EDGE, 1 - EDGE);
    double entropy = target * Math.log(target) + (1 - target) * Math.log(1 - target);
    return q.log()
        .mul(-target)
        .add(q.neg().add(1).log().mul(target - 1))
        .add(entropy)
        .sum()
        .mul((float) strength);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new ActivityKL(strength * factor, target));
  }
}
