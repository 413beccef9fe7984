package dev.bridle.trainer.regularization;

import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.TrainingLayer;
import java.util.List;
import java.util.Optional;

/**
 * Adds N(0, deviation^2) to each hidden unit. In training alone: the exported graph has no trace of
 * it. Source: Poole, Sohl-Dickstein and Ganguli, 2014. Strengthened: deviation times factor.
 */
record HiddenNoise(double deviation) implements Regularizer {
  HiddenNoise(Settings settings) {
    this(settings.number("deviation", 0.1, 0, 100));
  }

  @Override
  public List<Layer> layers(Network network) {
    return HiddenLayers.behindActivations(
        network, "hiddenNoise", name -> new TrainingLayer(name, x -> Noise.added(x, deviation)));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Optional.of(new HiddenNoise(deviation * factor));
  }
}
