package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import dev.bridle.inference.graph.LastLayer;
import dev.bridle.inference.graph.SampledProduct;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** W^T, [C][K]; not to be changed. */
  float[][] weights() {
    return weights;
  }

  /** How many weighted rows so many rows have: two at least, for one is another kind of product. */
  int weightedRows(int rows) {
    return Math.max(2, rows * layer.classes());
  }

  /**
   * Computes the logits, without the bias.
   *
   * @param weighted [weighted rows, K]
   * @param masks [T, K]
   * @param logits [weighted rows, T], overwritten
   */
  void run(OnnxTensor weighted, OnnxTensor masks, OnnxTensor logits) {
    network.runInto(
        Map.of(SampledProduct.WEIGHTED, weighted, SampledProduct.MASKS, masks),
        Map.of(SampledProduct.LOGITS, logits));
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
    try (RowBlock weighted = probing(rows, layer.units());
        RowBlock masks = probing(samples, layer.units());
        RowBlock logits = probing(rows, samples)) {
      run(weighted.tensor(), masks.tensor(), logits.tensor());
      float[] found = new float[rows * samples];
      logits.get(0, found);
      return found;
    }
  }

  private static RowBlock probing(int rows, int units) {
    RowBlock block = new RowBlock(rows, List.of((long) units));
    float[] numbers = new float[rows * units];
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = (float) Math.sin(1 + at);
    }
    block.put(0, numbers);
    return block;
  }

  @Override
  public void close() {
    network.close();
  }
}
