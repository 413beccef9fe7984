package dev.bridle.trainer.model;

import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chain of layers, from standardized features [rows, features] to the outputs that the heads
 * read, [rows, outputs].
 */
public record Network(int features, int outputs, List<Layer> layers) {
  /** Weights that a model may have: 200 MB of floats, as much again for each Adam moment. */
  static final long MOST_WEIGHTS = 50_000_000;

  private static final long MOST_VALUES = 250_000_000;

  public Network {
    layers = List.copyOf(layers);
  }

  /** The same with other layers. */
  public Network withLayers(List<Layer> others) {
    return new Network(features, outputs, others);
  }

  /**
   * The layers without any regularization.
   *
   * @throws InvalidFieldException before anything is allocated, if a model is too large, or its
   *     pools leave nothing of the image
   */
  public static Network of(RunSpec spec, int features, int outputs) {
    Network network = new Network(features, outputs, Layers.of(spec, outputs));
    long weights = 0;
    List<RowShape> inputs = network.inputShapes();
    for (int i = 0; i < inputs.size(); i++) {
      weights += network.layers().get(i).weights(inputs.get(i));
    }
    if (weights > MOST_WEIGHTS) {
      throw new InvalidFieldException(
          "model", "should have at most %d weights: had %d".formatted(MOST_WEIGHTS, weights));
    }
    if (spec.training().batchSize() > network.mostRows()) {
      throw new InvalidFieldException(
          "training.batchSize",
          "should be at most %d for this model, whose layers yield %d values a row: was %d"
              .formatted(network.mostRows(), network.values(), spec.training().batchSize()));
    }
    return network;
  }

  /** Whether dropout stays alive in the exported graph. */
  public boolean isStochastic() {
    return layers.stream().anyMatch(LiveDropout.class::isInstance);
  }

  /** Rows that may pass at once: all layers together yield at most 1 GB of floats for them. */
  public long mostRows() {
    return Math.max(1, MOST_VALUES / values());
  }

  /** Values that all layers together yield for a row. */
  private long values() {
    List<RowShape> inputs = inputShapes();
    return IntStream.range(0, inputs.size())
        .mapToLong(i -> layers.get(i).shape(inputs.get(i)).values())
        .sum();
  }

  /** What each layer reads. */
  public List<RowShape> inputShapes() {
    List<RowShape> shapes = new ArrayList<>();
    RowShape shape = RowShape.units(features);
    for (Layer layer : layers) {
      shapes.add(shape);
      shape = layer.shape(shape);
    }
    return shapes;
  }
}
