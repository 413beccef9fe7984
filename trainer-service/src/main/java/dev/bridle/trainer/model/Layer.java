package dev.bridle.trainer.model;

import ai.djl.nn.Block;

/** One layer: the same function as a block to train and as nodes to export. */
public interface Layer {
  /** Unique in its network; the layer's name in metrics and in the graph. */
  String name();

  /** Whether it belongs to the regularization of the layer before it. */
  default boolean addsNoise() {
    return false;
  }

  /** A fresh block, not initialized. */
  Block block();

  /**
   * Appends the layer to the graph.
   *
   * @param input the name of the value that it reads, FLOAT [rows, inputs]
   * @return the name of the value that it writes
   */
  String export(GraphBuilder graph, String input, Weights weights);
}
