package dev.bridle.trainer.regularization;

import dev.bridle.trainer.model.Activate;
import dev.bridle.trainer.model.Layer;
import dev.bridle.trainer.model.Network;
import dev.bridle.trainer.model.RowShape;
import dev.bridle.trainer.spec.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

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
    return behind(network, name, shape -> true, (called, shape) -> layer.apply(called));
  }

  /** The same behind the activations of dense layers alone. */
  static List<Layer> behindUnits(Network network, String name, Function<String, Layer> layer) {
    return behind(network, name, shape -> !shape.isMaps(), (called, shape) -> layer.apply(called));
  }

  /**
   * The same behind the activations of convolutions alone.
   *
   * @param layer of its name and the maps' shape
   * @throws InvalidFieldException if there are none
   */
  static List<Layer> behindMaps(
      Network network, String name, BiFunction<String, RowShape, Layer> layer) {
    List<Layer> all = behind(network, name, RowShape::isMaps, layer);
    if (all.size() == network.layers().size()) {
      throw new InvalidFieldException(
          "model.kind", "should be cnn for %s: no layer yields feature maps".formatted(name));
    }
    return all;
  }

  private static List<Layer> behind(
      Network network,
      String name,
      Predicate<RowShape> wanted,
      BiFunction<String, RowShape, Layer> layer) {
    List<RowShape> shapes = network.inputShapes();
    List<Layer> all = new ArrayList<>();
    int placed = 0;
    boolean owed = false;
    for (int i = 0; i < shapes.size(); i++) {
      Layer next = network.layers().get(i);
      if (owed && !next.addsNoise()) {
        all.add(layer.apply(name + ++placed, shapes.get(i)));
        owed = false;
      }
      all.add(next);
      owed |= next instanceof Activate && wanted.test(shapes.get(i));
    }
    return all;
  }
}
