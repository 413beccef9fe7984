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

  /** Values that all layers together may yield in a step: 400 MB of floats, gradients aside. */
  static final long MOST_VALUES = 100_000_000;

  /** The same in a pass without gradients: 16 MB, which a processor's cache holds. */
  private static final long MOST_VALUES_OF_A_PASS = 4_000_000;

  private static final int MOST_ROWS_OF_A_PASS = 1024;

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
    long values = network.values();
    if (values > MOST_VALUES) {
      throw new InvalidFieldException(
          "model",
          "should have layers that yield at most %d values a row: yield %d"
              .formatted(MOST_VALUES, values));
    }
    if (spec.training().batchSize() > MOST_VALUES / values) {
      throw new InvalidFieldException(
          "training.batchSize",
          "should be at most %d for this model, whose layers yield %d values a row: was %d"
              .formatted(MOST_VALUES / values, values, spec.training().batchSize()));
    }
    return network;
  }

  /** Whether dropout stays alive in the exported graph. */
  public boolean isStochastic() {
    return layers.stream().anyMatch(LiveDropout.class::isInstance);
  }

  /** Rows of one pass without gradients, at most. */
  public int rowsOfAPass() {
    return (int) Math.max(1, Math.min(MOST_ROWS_OF_A_PASS, MOST_VALUES_OF_A_PASS / values()));
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
