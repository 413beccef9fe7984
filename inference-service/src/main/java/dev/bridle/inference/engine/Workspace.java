package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Blocks of one number of rows, by the graph input that they are given as. Not thread-safe. */
final class Workspace implements AutoCloseable {
  private final int rows;
  private final Map<String, RowBlock> blocks = new HashMap<>();
  private final Map<String, OnnxTensor> tensors = new HashMap<>();

  /**
   * @param rowShapes of the inputs
   */
  Workspace(int rows, Map<String, List<Long>> rowShapes) {
    this.rows = rows;
    rowShapes.forEach(
        (name, shape) -> {
          RowBlock block = new RowBlock(rows, shape);
          blocks.put(name, block);
          tensors.put(name, block.tensor());
        });
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

  @Override
  public void close() {
    blocks.values().forEach(RowBlock::close);
  }
}
