package dev.bridle.inference.engine;

import dev.bridle.inference.graph.LastLayer;

/**
 * The exact moments of a row's logits behind a Dropout, {@code E z = W^T h + b} and {@code Cov z =
 * p / (1 - p) sum_u h_u^2 w_u w_u^T}: for each unit the products {@code w_ui w_uj} are there
 * beforehand, as far as they don't need much memory, so that a row only adds them up.
 */
final class LogitMoments {
  private static final int MOST_KEPT = 1 << 20;

  private final LastLayer layer;
  private final int classes;
  private final int pairs;
  private final double[][] kept;

  LogitMoments(LastLayer layer) {
    this.layer = layer;
    this.classes = layer.classes();
    this.pairs = classes * (classes + 1) / 2;
    this.kept = new double[(long) pairs * layer.units() <= MOST_KEPT ? layer.units() : 0][];
    for (int unit = 0; unit < kept.length; unit++) {
      kept[unit] = products(unit, new double[pairs]);
    }
  }

  /**
   * @param covariance the lower triangle, row by row
   */
  record Logits(double[] mean, double[] covariance) {}

  /** Of the row of h that starts at the offset. */
  Logits of(float[] data, int offset) {
    double[] mean = new double[classes];
    double[] covariance = new double[pairs];
    double[] scratch = new double[kept.length == 0 ? pairs : 0];
    double noise = layer.ratio() / (1 - layer.ratio());
    for (int i = 0; i < classes; i++) {
      mean[i] = layer.bias()[i];
    }
    for (int unit = 0; unit < layer.units(); unit++) {
      double value = data[offset + unit];
      if (value != 0) {
        for (int i = 0; i < classes; i++) {
          mean[i] += value * layer.weights()[unit * classes + i];
        }
        double[] products = kept.length == 0 ? products(unit, scratch) : kept[unit];
        addScaled(noise * value * value, products, covariance);
      }
    }
    return new Logits(mean, covariance);
  }

  private double[] products(int unit, double[] to) {
    int at = 0;
    for (int i = 0; i < classes; i++) {
      double weight = layer.weights()[unit * classes + i];
      for (int j = 0; j <= i; j++) {
        to[at++] = weight * layer.weights()[unit * classes + j];
      }
    }
    return to;
  }

  /** {@code to += factor numbers}. */
  static void addScaled(double factor, double[] numbers, double[] to) {
    for (int at = 0; at < to.length; at++) {
      to[at] += factor * numbers[at];
    }
  }
}
