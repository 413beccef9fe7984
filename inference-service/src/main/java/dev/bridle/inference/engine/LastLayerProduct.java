package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.inference.graph.LastLayer;
import dev.bridle.inference.graph.SampledProduct;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@link SampledProduct} of a narrow last layer: beside a product for each row, which is as
 * narrow as the layer, one for all of them keeps the processor busy. Thread-safe.
 */
final class LastLayerProduct implements AutoCloseable {
  /** Rows at a time: from there on the product is no quicker. */
  static final int ROWS = 32;

  /** From there on a product for each row, over its active units alone, is quicker. */
  private static final int MOST_CLASSES = 64;

  private final LastLayer layer;
  private final float[][] weights;
  private final Network network;

  private LastLayerProduct(LastLayer layer) {
    this.layer = layer;
    this.weights = new float[layer.classes()][layer.units()];
    for (int at = 0; at < layer.weights().length; at++) {
      weights[at % layer.classes()][at / layer.classes()] = layer.weights()[at];
    }
    this.network = Network.load(SampledProduct.model());
  }

  /** Empty where it doesn't pay, or gives a row other bits beside others than alone. */
  static Optional<LastLayerProduct> of(LastLayer layer) {
    if (layer.classes() >= MOST_CLASSES) {
      return Optional.empty();
    }
    LastLayerProduct product = new LastLayerProduct(layer);
    if (product.keepsBits()) {
      return Optional.of(product);
    }
    product.close();
    return Optional.empty();
  }

  LastLayer layer() {
    return layer;
  }

  /** How many rows of K numbers so many rows' weights take: two at least. */
  int weightedRows(int rows) {
    return Math.max(2, rows * layer.classes());
  }

  /**
   * Writes a row of h, times the weights of each class.
   *
   * @param block of weighted rows
   * @param at the row's place in it
   * @param offset of the row in the data
   * @param times room for a row's numbers
   */
  void weigh(RowBlock block, int at, float[] data, int offset, float[] times) {
    for (int c = 0; c < weights.length; c++) {
      multiply(data, offset, weights[c], times);
      block.put(at * weights.length + c, times);
    }
  }

  private static void multiply(float[] data, int offset, float[] by, float[] to) {
    for (int unit = 0; unit < to.length; unit++) {
      to[unit] = data[offset + unit] * by[unit];
    }
  }

  /** [weighted rows, samples], row-major. */
  float[] logits(OnnxTensor weighted, OnnxTensor masks) {
    float[] logits =
        network
            .runTensors(
                Map.of(SampledProduct.WEIGHTED, weighted, SampledProduct.MASKS, masks),
                Set.of(SampledProduct.LOGITS))
            .get(SampledProduct.LOGITS)
            .floats();
    int samples = Math.toIntExact(masks.getInfo().getShape()[0]);
    for (int row = 0; row * samples < logits.length; row++) {
      add(layer.bias()[row % layer.classes()], logits, row * samples, (row + 1) * samples);
    }
    return logits;
  }

  private static void add(float number, float[] to, int from, int end) {
    for (int at = from; at < end; at++) {
      to[at] += number;
    }
  }

  private boolean keepsBits() {
    for (int samples : List.of(1, BlockSize.GREATEST - 1, BlockSize.GREATEST)) {
      float[] few = probe(weightedRows(1), samples);
      float[] all = probe(weightedRows(ROWS), samples);
      if (!Arrays.equals(few, Arrays.copyOf(all, few.length))) {
        return false;
      }
    }
    return true;
  }

  private float[] probe(int rows, int samples) {
    List<Long> units = List.of((long) layer.units());
    try (RowBlock weighted = new RowBlock(rows, units);
        RowBlock masks = new RowBlock(samples, units)) {
      float[] numbers = new float[layer.units()];
      for (int row = 0; row < Math.max(rows, samples); row++) {
        for (int unit = 0; unit < numbers.length; unit++) {
          numbers[unit] = (float) Math.sin(1 + row * numbers.length + unit);
        }
        if (row < rows) {
          weighted.put(row, numbers);
        }
        if (row < samples) {
          masks.put(row, numbers);
        }
      }
      return logits(weighted.tensor(), masks.tensor());
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
