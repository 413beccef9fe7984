package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.TrainingLayer;
import java.util.List;
import java.util.Optional;

/**
 * Multiplies each hidden unit by N(1, rate / (1 - rate)), the mean and variance of dropout's
 * factors. In training alone: the exported graph has no trace of it. Source: Srivastava et al.,
 * 2014, section 10. Strengthened: rate times factor, up to 0.9.
 */
record GaussianDropout(double rate) implements Regularizer {
  GaussianDropout(Settings settings) {
    this(settings.number("rate", 0.5, 0, Rates.MOST));
  }

  @Override
  public List<Layer> layers(Network network) {
    return HiddenLayers.behindActivations(
        network, "gaussianDropout", name -> new TrainingLayer(name, this::dropped));
  }

  NDArray dropped(NDArray x) {
    return x.mul(Noise.normal(x).mul(Math.sqrt(rate / (1 - rate))).add(1));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(rate, factor).map(GaussianDropout::new);
  }
}
