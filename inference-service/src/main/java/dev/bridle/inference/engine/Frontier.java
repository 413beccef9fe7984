package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deterministic prefix: what the suffix reads, once a request. It runs in blocks of a fixed
 * number of rows, the last one padded, so that a row's bits don't depend on how many there are.
 */
final class Frontier {
  private static final int BLOCK_ROWS = 4;

  private final Network prefix;
  private final List<TensorSpec> inputs;
  private final Map<String, List<Long>> fromPrefix;
  private final List<String> fromInputs;

  /**
   * @param prefix null when the suffix reads the request's inputs alone
   * @param fromPrefix the row shape of each tensor that the prefix gives
   */
  Frontier(
      Network prefix,
      List<TensorSpec> inputs,
      Map<String, List<Long>> fromPrefix,
      List<String> fromInputs) {
    this.prefix = prefix;
    this.inputs = inputs;
    this.fromPrefix = fromPrefix;
    this.fromInputs = fromInputs;
  }

  /** The row shape of every tensor of the frontier. */
  Map<String, List<Long>> rowShapes() {
    Map<String, List<Long>> shapes = new HashMap<>(fromPrefix);
    inputs.stream()
        .filter(input -> fromInputs.contains(input.name()))
        .forEach(input -> shapes.put(input.name(), input.rowShape()));
    return shapes;
  }

  /** Its values for all rows of the request, row-major. */
  Map<String, float[]> values(Map<String, float[]> request, int rows) {
    Map<String, float[]> values = new HashMap<>();
    fromInputs.forEach(name -> values.put(name, request.get(name)));
    if (prefix != null) {
      fromPrefix.forEach(
          (name, shape) -> values.put(name, new float[rows * RowBlock.units(shape)]));
      runPrefix(request, rows, values);
    }
    return values;
  }

  private void runPrefix(Map<String, float[]> request, int rows, Map<String, float[]> values) {
    Set<String> read = prefix.inputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
    Map<String, RowBlock> blocks = new HashMap<>();
    try {
      inputs.stream()
          .filter(input -> read.contains(input.name()))
          .forEach(input -> blocks.put(input.name(), new RowBlock(BLOCK_ROWS, input.rowShape())));
      Map<String, OnnxTensor> tensors = tensors(blocks);
      for (int first = 0; first < rows; first += BLOCK_ROWS) {
        int count = Math.min(BLOCK_ROWS, rows - first);
        for (int row = 0; row < count; row++) {
          int from = first + row;
          blocks.forEach(
              (name, block) ->
                  block.put(from % BLOCK_ROWS, request.get(name), from * block.units()));
        }
        int start = first;
        prefix
            .runTensors(tensors, new HashSet<>(fromPrefix.keySet()))
            .forEach(
                (name, tensor) -> {
                  int units = RowBlock.units(fromPrefix.get(name));
                  System.arraycopy(
                      tensor.floats(), 0, values.get(name), start * units, count * units);
                });
      }
    } finally {
      blocks.values().forEach(RowBlock::close);
    }
  }

  static Map<String, OnnxTensor> tensors(Map<String, RowBlock> blocks) {
    return blocks.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().tensor()));
  }

  void close() {
    if (prefix != null) {
      prefix.close();
    }
  }
}
