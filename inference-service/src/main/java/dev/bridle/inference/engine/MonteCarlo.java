package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MC-dropout by independent samples (Gal and Ghahramani, ICML 2016): the prefix once, then the
 * suffix for every pair of sample and row, packed sample by sample into blocks of a fixed number of
 * rows.
 *
 * <p>The fixed shape is what keeps the bits: each product has the same size whatever the request's
 * rows and samples, and each row is folded over its samples in their order. Same bits are promised
 * for the same seed on one machine with one version of ONNX Runtime.
 */
final class MonteCarlo implements AutoCloseable {
  static final int BLOCK_ROWS = 64;

  private final Frontier frontier;
  private final Network suffix;
  private final List<MaskedLayer> layers;
  private final Map<String, List<Long>> outputs;

  /**
   * @param outputs the row shape of each output behind a live Dropout
   */
  MonteCarlo(
      Frontier frontier,
      Network suffix,
      List<MaskedLayer> layers,
      Map<String, List<Long>> outputs) {
    this.frontier = frontier;
    this.suffix = suffix;
    this.layers = List.copyOf(layers);
    this.outputs = outputs;
  }

  Set<String> outputs() {
    return outputs.keySet();
  }

  /** The row shape of an output. */
  List<Long> rowShape(String output) {
    return outputs.get(output);
  }

  /**
   * @param request each input's values, row-major, of all rows
   * @return what each output's samples say
   */
  Map<String, SampleAccumulator> sample(
      Map<String, float[]> request, int rows, int samples, long seed) {
    Map<String, SampleAccumulator> answer = new HashMap<>();
    outputs.forEach(
        (name, shape) -> answer.put(name, new SampleAccumulator(rows, RowBlock.units(shape))));
    Map<String, float[]> values = frontier.values(request, rows);
    Map<String, RowBlock> data = blocks(frontier.rowShapes());
    Map<String, RowBlock> masks = new HashMap<>();
    layers.forEach(layer -> masks.put(layer.input(), new RowBlock(BLOCK_ROWS, layer.rowShape())));
    try {
      Map<String, OnnxTensor> tensors = new HashMap<>(Frontier.tensors(data));
      tensors.putAll(Frontier.tensors(masks));
      SampleMasks drawn = new SampleMasks(layers, seed);
      long pairs = (long) rows * samples;
      for (long first = 0; first < pairs; first += BLOCK_ROWS) {
        int count = (int) Math.min(BLOCK_ROWS, pairs - first);
        for (int slot = 0; slot < count; slot++) {
          int row = (int) ((first + slot) % rows);
          int at = slot;
          data.forEach((name, block) -> block.put(at, values.get(name), row * block.units()));
          drawn.put((int) ((first + slot) / rows), slot, masks);
        }
        fold(suffix.runTensors(tensors, new HashSet<>(outputs.keySet())), first, count, answer);
      }
    } finally {
      data.values().forEach(RowBlock::close);
      masks.values().forEach(RowBlock::close);
    }
    return answer;
  }

  private static void fold(
      Map<String, Tensor> block, long first, int count, Map<String, SampleAccumulator> answer) {
    block.forEach(
        (name, tensor) -> {
          SampleAccumulator samples = answer.get(name);
          float[] values = tensor.floats();
          for (int slot = 0; slot < count; slot++) {
            samples.add((int) ((first + slot) % samples.rows()), values, slot * samples.units());
          }
        });
  }

  private static Map<String, RowBlock> blocks(Map<String, List<Long>> rowShapes) {
    Map<String, RowBlock> blocks = new HashMap<>();
    rowShapes.forEach((name, shape) -> blocks.put(name, new RowBlock(BLOCK_ROWS, shape)));
    return blocks;
  }

  @Override
  public void close() {
    frontier.close();
    suffix.close();
  }
}
