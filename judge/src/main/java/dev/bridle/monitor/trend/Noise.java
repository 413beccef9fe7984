package dev.bridle.monitor.trend;

import java.util.Arrays;

/** What noise does that independent normal draws don't: it spikes, and it depends on itself. */
final class Noise {
  /** In standard deviations, by the median absolute deviation from the neighbors' medians. */
  private static final double SPIKE = 5;

  /** The standard deviation of normal noise in units of its median absolute deviation. */
  private static final double NORMAL = 1.4826;

  private Noise() {}

  /**
   * Cuts down what lies far above the median of its five neighbors. The oldest value has none on
   * its far side, where a curve is steep: it stays. Where half the values are their neighbors'
   * median, as on a curve without noise, nothing is a spike.
   */
  static void cutSpikes(double[] y) {
    double[] medians = new double[y.length];
    double[] sizes = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      int reach = Math.min(2, i);
      double[] near = Arrays.copyOfRange(y, i - reach, Math.min(y.length, i + reach + 1));
      Arrays.sort(near);
      medians[i] = near[near.length / 2];
      sizes[i] = Math.abs(y[i] - medians[i]);
    }
    double[] sorted = sizes.clone();
    Arrays.sort(sorted);
    double most = SPIKE * NORMAL * sorted[sorted.length / 2];
    for (int i = 0; i < y.length; i++) {
      if (most > 0 && y[i] - medians[i] > most) {
        y[i] = medians[i] + most;
      }
    }
  }

  /** Of each value with the one before it; 0 where all are. */
  static double correlation(double[] residuals) {
    double squares = 0;
    double products = 0;
    for (int i = 0; i < residuals.length; i++) {
      squares += residuals[i] * residuals[i];
      products += i == 0 ? 0 : residuals[i] * residuals[i - 1];
    }
    return squares > 0 ? products / squares : 0;
  }
}
