package dev.bridle.trainer.regularization;

import dev.bridle.trainer.model.DropMaps;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import java.util.List;
import java.util.Optional;

/**
 * Drops each whole feature map behind a convolution's activation with probability {@code rate} and
 * divides the others by 1 - rate: the pixels of a map say much the same, so that single ones,
 * dropped, would be seen in their neighbors. Alive in the exported graph. Source: Tompson et al.,
 * Efficient Object Localization Using Convolutional Networks, 2015. Strengthened: rate times
 * factor, up to 0.9.
 */
record SpatialDropout(double rate) implements Regularizer {
  static final String NAME = "spatialDropout";

  SpatialDropout(Settings settings) {
    this(settings.number("rate", 0.2, 0.01, Rates.MOST));
  }

  @Override
  public List<Layer> layers(Network network) {
    return HiddenLayers.behindMaps(
        network, NAME, (name, shape) -> new DropMaps(name, rate, shape.dimensions().get(0)));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return Rates.strengthened(rate, factor).map(SpatialDropout::new);
  }
}
