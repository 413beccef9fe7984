package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs write into again and again: blocks of one number of rows, by the graph input that they
 * are given as. Not thread-safe.
 */
final class Workspace implements AutoCloseable {
  private final int rows;
  private final Map<String, RowBlock> blocks = new HashMap<>();
  private final Map<String, OnnxTensor> tensors = new HashMap<>();
  private final Map<String, List<Long>> outputShapes;
  private final Map<String, RowBlock> outputs = new HashMap<>();
  private HalfSampledProduct product;
  private LastLayerSpace lastLayer;

  /**
   * @param rowShapes of the inputs
   * @param outputShapes the row shapes of the outputs
   */
  Workspace(int rows, Map<String, List<Long>> rowShapes, Map<String, List<Long>> outputShapes) {
    this.rows = rows;
    rowShapes.forEach(
        (name, shape) -> {
          RowBlock block = new RowBlock(rows, shape);
          blocks.put(name, block);
          tensors.put(name, block.tensor());
        });
    this.outputShapes = outputShapes;
  }

  int rows() {
    return rows;
  }

  RowBlock block(String input) {
    return blocks.get(input);
  }

  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  /** What a run of so many rows writes into, by the graph output. */
  Map<String, RowBlock> outputs(int runRows) {
    outputShapes.forEach(
        (name, shape) -> {
          RowBlock block = outputs.get(name);
          if (block == null || block.rows() < runRows) {
            outputs.put(name, new RowBlock(runRows, shape));
            Optional.ofNullable(block).ifPresent(RowBlock::close);
          }
        });
    return outputs;
  }

  /** What the first product needs beside the graph, made by the first that asks. */
  HalfSampledProduct product(Suffixes.Halved form) {
    if (product == null) {
      product = new HalfSampledProduct(form.weights(), form.bias());
    }
    return product;
  }

  /** Room for the rows of a last layer, made by the first that asks. */
  LastLayerSpace lastLayer(LastLayerProduct product) {
    if (lastLayer == null) {
      lastLayer = new LastLayerSpace(product);
    }
    return lastLayer;
  }

  @Override
  public void close() {
    blocks.values().forEach(RowBlock::close);
    outputs.values().forEach(RowBlock::close);
    if (lastLayer != null) {
      lastLayer.close();
    }
  }
}
