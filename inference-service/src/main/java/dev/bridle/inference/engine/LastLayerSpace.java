package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import java.util.List;

/** What the rows of a last layer are written into, before its product and behind it. */
final class LastLayerSpace implements AutoCloseable {
  private final LastLayerProduct product;
  private final RowBlock weighted;
  private final RowBlock logits;
  private final float[] row;
  private final float[] times;
  private HalfSampledRows halves;

  LastLayerSpace(LastLayerProduct product) {
    this.product = product;
    int rows = product.weightedRows(LastLayerProduct.ROWS);
    this.row = new float[product.layer().units()];
    this.times = new float[row.length];
    this.weighted = new RowBlock(rows, List.of((long) row.length));
    this.logits = new RowBlock(rows, List.of((long) BlockSize.GREATEST));
  }

  /** For half-samples, made when they are first asked for. */
  HalfSampledRows halves() {
    halves = halves == null ? new HalfSampledRows(product.weights()) : halves;
    return halves;
  }

  /**
   * Computes the logits of some rows.
   *
   * @param data of all rows, [rows, K]
   * @param masks [T, K]
   */
  void run(float[] data, List<Integer> rows, OnnxTensor masks, int samples) {
    for (int at = 0; at < rows.size(); at++) {
      System.arraycopy(data, rows.get(at) * row.length, row, 0, row.length);
      for (int c = 0; c < product.weights().length; c++) {
        multiply(row, product.weights()[c], times);
        weighted.put(at * product.weights().length + c, times);
      }
    }
    long count = product.weightedRows(rows.size());
    try (OnnxTensor from = weighted.tensor(Datatype.FP32, List.of(count, (long) row.length));
        OnnxTensor to = logits.tensor(Datatype.FP32, List.of(count, (long) samples))) {
      product.run(from, masks, to);
    }
  }

  /** Reads what was computed of the row at that place: [C][T]. */
  void logits(int at, float[][] to) {
    for (int c = 0; c < to.length; c++) {
      logits.get(at * to.length + c, to[c]);
    }
  }

  private static void multiply(float[] row, float[] by, float[] to) {
    for (int unit = 0; unit < to.length; unit++) {
      to[unit] = row[unit] * by[unit];
    }
  }

  @Override
  public void close() {
    weighted.close();
    logits.close();
  }
}
