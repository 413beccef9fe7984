package dev.bridle.trainer.model;

import ai.djl.nn.Block;
import java.util.Optional;

/** One layer: the same function as a block to train and as nodes to export. */
public interface Layer {
  /** Unique in its network; the layer's name in metrics and in the graph. */
  String name();

  /** Whether it belongs to the regularization of the layer before it. */
  default boolean addsNoise() {
    return false;
  }

  /** The earlier layer whose output it reads too, behind its input; empty for most. */
  default Optional<String> shortcut() {
    return Optional.empty();
  }

  /** What it makes of a row of that shape. */
  default RowShape shape(RowShape input) {
    return input;
  }

  /** Numbers that it learns and keeps, for rows of that shape. */
  default long weights(RowShape input) {
    return 0;
  }

  /** A fresh block, not initialized. */
  Block block();

  /**
   * Appends the layer to the graph.
   *
   * @param input the name of the value that it reads, FLOAT [rows, …]
   * @return the name of the value that it writes
   */
  String export(GraphBuilder graph, String input, Weights weights);
}
