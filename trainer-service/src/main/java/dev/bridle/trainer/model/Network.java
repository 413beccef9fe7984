package dev.bridle.trainer.model;

import dev.bridle.trainer.spec.MlpSpec;
import dev.bridle.trainer.spec.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A classifier as a chain of layers, from standardized features [rows, features] to logits [rows,
 * classes].
 */
public record Network(int features, int classes, List<Layer> layers) {
  /** Weights that a model may have: 200 MB of floats, as much again for each Adam moment. */
  static final long MOST_WEIGHTS = 50_000_000;

  public Network {
    layers = List.copyOf(layers);
  }

  /** The same with other layers. */
  public Network withLayers(List<Layer> others) {
    return new Network(features, classes, others);
  }

  /**
   * The layers without any regularization.
   *
   * @throws ModelTooLargeException before anything is allocated
   */
  public static Network of(ModelSpec spec, int features, int classes) {
    MlpSpec mlp = (MlpSpec) spec;
    List<Layer> layers = new ArrayList<>();
    long weights = 0;
    int inputs = features;
    for (int i = 0; i < mlp.hidden().size(); i++) {
      int units = mlp.hidden().get(i);
      layers.add(new Dense("dense" + (i + 1), units));
      layers.add(new Activate("activation" + (i + 1), mlp.activation()));
      weights += (inputs + 1L) * units;
      inputs = units;
    }
    layers.add(new Dense("output", classes));
    weights += (inputs + 1L) * classes;
    if (weights > MOST_WEIGHTS) {
      throw new ModelTooLargeException(weights, MOST_WEIGHTS);
    }
    return new Network(features, classes, layers);
  }
}
