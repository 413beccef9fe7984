package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Mask;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.TrainingLayer;
import java.util.List;
import java.util.Optional;

/**
 * Sets each hidden unit with probability {@code rate} to s = -1.7581, the least that SELU yields,
 * and maps all by a x + b so that mean 0 and variance 1 stay: with q = 1 - rate, a = (q + s^2 q
 * rate)^(-1/2), b = -a rate s. Meant for {@code selu}. In training alone: the exported graph has no
 * trace of it. Source: Klambauer et al., 2017. Strengthened: rate times factor, up to 0.9.
 */
record AlphaDropout(double rate) implements Regularizer {
  private static final double LEAST_SELU = -1.7580993408473766;

  AlphaDropout(Settings settings) {
    this(settings.number("rate", 0.1, 0, Rates.MOST));
  }

  @Override
  public List<Layer> layers(Network network) {
    return HiddenLayers.behindActivations(
        network, "alphaDropout", name -> new TrainingLayer(name, this::dropped));
  }

  NDArray dropped(NDArray x) {
    double kept = 1 - rate;
    double a = 1 / Math.sqrt(kept + LEAST_SELU * LEAST_SELU * kept * rate);
    double b = -a * rate * LEAST_SELU;
    NDArray mask = Mask.of(x.getShape(), rate, 1, x.getManager());
    return x.mul(mask).add(mask.neg().add(1).mul(LEAST_SELU)).mul(a).add(b);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(rate, factor).map(AlphaDropout::new);
  }
}
