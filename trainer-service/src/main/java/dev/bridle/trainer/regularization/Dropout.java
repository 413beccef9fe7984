package dev.bridle.trainer.regularization;

import dev.bridle.trainer.model.DropUnits;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import java.util.List;
import java.util.Optional;

/**
 * Drops each unit of the dense hidden layers with probability {@code rate} and divides the others
 * by 1 - rate; feature maps are {@link SpatialDropout}'s. Alive in the exported graph, for
 * MC-dropout. Source: Srivastava et al., 2014. Strengthened: rate times factor, up to 0.9.
 */
record Dropout(double rate) implements Regularizer {
  static final String NAME = "dropout";

  Dropout(Settings settings) {
    this(settings.number("rate", 0.5, 0.01, Rates.MOST));
  }

  @Override
  public List<Layer> layers(Network network) {
    return HiddenLayers.behindUnits(network, NAME, name -> new DropUnits(name, rate));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(rate, factor).map(Dropout::new);
  }
}
