package dev.bridle.trainer.regularization;

import dev.bridle.trainer.model.Activate;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Places layers behind the activations of a network. */
final class HiddenLayers {
  private HiddenLayers() {}

  /**
   * One layer behind each activation and whatever other techniques placed there before.
   *
   * @param name of the technique: the layers are called by it and counted from 1
   */
  static List<Layer> behindActivations(
      Network network, String name, Function<String, Layer> layer) {
    List<Layer> all = new ArrayList<>();
    int activations = 0;
    boolean owed = false;
    for (Layer next : network.layers()) {
      if (owed && !next.addsNoise()) {
        all.add(layer.apply(name + activations));
        owed = false;
      }
      all.add(next);
      if (next instanceof Activate) {
        activations++;
        owed = true;
      }
    }
    return all;
  }
}
