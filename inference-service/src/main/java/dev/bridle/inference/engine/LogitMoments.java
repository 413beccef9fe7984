package dev.bridle.inference.engine;

import dev.bridle.inference.graph.LastLayer;

/**
 * The exact moments of a row's logits behind a Dropout, {@code E z = W^T h + b} and {@code Cov z =
 * p / (1 - p) sum_u h_u^2 w_u w_u^T}: for each unit the products {@code w_ui w_uj} are there
 * beforehand, as far as they don't need much memory, so that a row only adds them up. In single
 * precision, as the model's own product. Thread-safe.
 */
final class LogitMoments {
  private static final long MOST_KEPT = 1 << 21;

  private final LastLayer layer;
  private final int pairs;
  private final float noise;
  private final WeightedRows weights;
  private final WeightedRows products;

  LogitMoments(LastLayer layer) {
    this.layer = layer;
    this.pairs = layer.classes() * (layer.classes() + 1) / 2;
    this.noise = (float) (layer.ratio() / (1 - layer.ratio()));
    this.weights = new WeightedRows(layer.weights(), layer.classes());
    boolean few = (long) pairs * layer.units() <= MOST_KEPT;
    this.products = new WeightedRows(few ? products() : new float[0], pairs);
  }

  /**
   * @param covariance the lower triangle, row by row
   */
  record Logits(float[] mean, float[] covariance) {}

  /** Of the row of h that starts at the offset. */
  Logits of(float[] data, int offset) {
    int[] units = new int[weights.count()];
    float[] values = new float[units.length];
    int count = 0;
    for (int unit = 0; unit < units.length; unit++) {
      float value = data[offset + unit];
      units[count] = unit;
      values[count] = value;
      count += value == 0 ? 0 : 1;
    }
    float[] mean = layer.bias().clone();
    float[] covariance = new float[pairs];
    weights.add(units, values, count, mean);
    for (int at = 0; at < count; at++) {
      values[at] *= noise * values[at];
    }
    if (products.count() > 0) {
      products.add(units, values, count, covariance);
    } else {
      float[] scratch = new float[pairs];
      for (int at = 0; at < count; at++) {
        products(units[at], scratch, 0);
        WeightedRows.add(scratch, values[at], covariance);
      }
    }
    return new Logits(mean, covariance);
  }

  private float[] products() {
    float[] products = new float[layer.units() * pairs];
    for (int unit = 0; unit < layer.units(); unit++) {
      products(unit, products, unit * pairs);
    }
    return products;
  }

  private void products(int unit, float[] to, int offset) {
    int at = offset;
    int first = unit * layer.classes();
    for (int i = 0; i < layer.classes(); i++) {
      for (int j = 0; j <= i; j++) {
        to[at++] = layer.weights()[first + i] * layer.weights()[first + j];
      }
    }
  }
}
