package dev.bridle.trainer.regularization;

import dev.bridle.trainer.model.DropUnits;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drops each standardized feature, which becomes the mean of the training rows, with probability
 * {@code rate} and divides the others by 1 - rate. Alive in the exported graph, so that with it
 * MC-dropout samples the whole network (Gal and Ghahramani, 2016). Source: Srivastava et al., 2014,
 * with 0.2. Strengthened: rate times factor, up to 0.9.
 */
record InputDropout(double rate) implements Regularizer {
  static final String NAME = "inputDropout";

  private static final double LEAST = 0.001;

  InputDropout(Settings settings) {
    this(settings.number("rate", 0.2, LEAST, Rates.MOST));
  }

  @Override
  public List<Layer> layers(Network network) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new DropUnits(NAME + 1, rate));
    layers.addAll(network.layers());
    return layers;
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(rate, factor).map(InputDropout::new);
  }
}
