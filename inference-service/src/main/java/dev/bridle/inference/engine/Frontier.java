package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deterministic prefix: what the suffix reads, once a request. It runs in blocks of a few
 * sizes, of which a probe at load has shown that they give a row the same bits; so the bits don't
 * depend on how many rows there are. What is left over is padded to the smallest size.
 */
final class Frontier implements AutoCloseable {
  /** Its bits are those that the others are held against. */
  private static final int REFERENCE = ProbeInput.ROWS;

  private static final List<Integer> SIZES = List.of(64, 32, 16, 8, REFERENCE, 2, 1);

  private final Network prefix;
  private final List<TensorSpec> inputs;
  private final Map<String, List<Long>> fromPrefix;
  private final List<String> fromInputs;
  private final Workspaces workspaces;
  private final List<Integer> sizes;

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
    this.workspaces = new Workspaces(read(), fromPrefix);
    this.sizes = prefix == null ? List.of() : agreeing();
  }

  private Map<String, List<Long>> read() {
    if (prefix == null) {
      return Map.of();
    }
    Set<String> names = prefix.inputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
    return inputs.stream()
        .filter(input -> names.contains(input.name()))
        .collect(Collectors.toMap(TensorSpec::name, TensorSpec::rowShape));
  }

  private List<Integer> agreeing() {
    Map<String, float[]> probe = ProbeInput.of(inputs).values();
    Map<String, float[]> expected = values(probe, REFERENCE, List.of(REFERENCE));
    return SIZES.stream()
        .filter(
            size -> {
              Map<String, float[]> found = values(probe, REFERENCE, List.of(size));
              return fromPrefix.keySet().stream()
                  .allMatch(name -> Arrays.equals(expected.get(name), found.get(name)));
            })
        .toList();
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
    return values(request, rows, sizes);
  }

  private Map<String, float[]> values(
      Map<String, float[]> request, int rows, List<Integer> allowed) {
    Map<String, float[]> values = new HashMap<>();
    fromInputs.forEach(name -> values.put(name, request.get(name)));
    if (prefix != null) {
      fromPrefix.forEach(
          (name, shape) -> values.put(name, new float[rows * RowBlock.units(shape)]));
      int smallest = allowed.get(allowed.size() - 1);
      for (int first = 0, count; first < rows; first += count) {
        int left = rows - first;
        int size = allowed.stream().filter(some -> some <= left).findFirst().orElse(smallest);
        count = Math.min(size, left);
        run(request, first, count, size, values);
      }
    }
    return values;
  }

  private void run(
      Map<String, float[]> request, int first, int count, int size, Map<String, float[]> values) {
    Workspace workspace = workspaces.take(size);
    try {
      for (TensorSpec input : inputs) {
        RowBlock block = workspace.block(input.name());
        if (block != null) {
          block.put(0, request.get(input.name()), first * block.units(), count);
        }
      }
      Map<String, OnnxTensor> outputs = new HashMap<>();
      Map<String, RowBlock> blocks = workspace.outputs(size);
      blocks.forEach((name, block) -> outputs.put(name, block.tensor()));
      prefix.runInto(workspace.tensors(), outputs);
      blocks.forEach(
          (name, block) ->
              block.get(values.get(name), first * block.units(), count * block.units()));
    } finally {
      workspaces.giveBack(workspace);
    }
  }

  @Override
  public void close() {
    workspaces.close();
    if (prefix != null) {
      prefix.close();
    }
  }
}
