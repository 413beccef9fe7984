package dev.bridle.monitor.trend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a window of noisy observations tells of the curve behind them, where less is better: the
 * average over all shapes of {@link Points}, weighted by their evidence.
 *
 * <p>Two things that real curves do are reckoned with. Spikes: what lies more than five deviations
 * above the median of its five neighbors, by the median absolute such deviation, is cut down to
 * that (Hampel's filter); below it nothing is, for it may be a drop that lasts. Dependent noise:
 * with the residuals' correlation r of lag 1, in [0, {@value #MOST_DEPENDENT}], (1 + r) / (1 - r)
 * observations count as one.
 *
 * <p>Takes time in O(observations), for there are as many shapes whatever their number.
 */
public final class Trend {
  /** The fewest observations that can be judged. */
  public static final int FEWEST = 8;

  private static final double MOST_DEPENDENT = 0.8;
  private static final double NEGLIGIBLE = 1e-3;

  /** How many epochs ahead are looked at: the next, half the horizon, the horizon. */
  private static final int AHEAD = 3;

  private final double scale;
  private final int n;
  private final Points points;
  private List<ShapeFit> fits;
  private double[] weights;
  private double center;
  private double[] columnWeights;
  private double inflation = 1;

  /**
   * @param epochs of the observations, rising
   * @param observed finite, as many
   * @param horizon how many epochs ahead it can be asked about
   * @throws IllegalArgumentException on fewer than {@link #FEWEST} observations
   */
  public Trend(int[] epochs, double[] observed, int horizon) {
    n = observed.length;
    if (n < FEWEST) {
      throw new IllegalArgumentException(
          "a trend takes at least %d observations: had %d".formatted(FEWEST, n));
    }
    int now = epochs[n - 1];
    int[] ahead = {1, horizon - horizon / 2, horizon};
    double[] x = new double[n + AHEAD];
    for (int i = 0; i < x.length; i++) {
      x[i] = i < n ? epochs[i] - now : ahead[i - n];
    }
    points = Points.of(x, n, now);
    scale = Math.max(Double.MIN_NORMAL, Arrays.stream(observed).map(Math::abs).max().orElse(0));
    double[] y = Arrays.stream(observed).map(value -> value / scale).toArray();
    Noise.cutSpikes(y);
    double[] residuals = fit(y);
    double r = Math.max(0, Math.min(MOST_DEPENDENT, Noise.correlation(residuals)));
    if (r > 0) {
      inflation = (1 + r) / (1 - r);
      fit(y);
    }
  }

  /** The standard deviation of the observations around the curve. */
  public double noise() {
    double variance = 0;
    for (int i = 0; i < weights.length; i++) {
      variance += weights[i] * fits.get(i).variance();
    }
    return scale * Math.sqrt(variance);
  }

  /** The curve's change over the next epoch. */
  public double slope() {
    return scale * (mean(n) - mean(n - 1));
  }

  /** The curve's value at the newest epoch. */
  public double level() {
    return scale * mean(n - 1);
  }

  /** The curve's value in the middle of the window, where it is known best. */
  public double middle() {
    return scale * mean(n / 2);
  }

  /** The standard deviation of {@link #middle()}. */
  public double middleDeviation() {
    return noise() * Math.sqrt(2 * inflation / n);
  }

  /**
   * The probability that the curve, without its noise, falls below its best so far by more than the
   * margin within the horizon: of each shape the least, over the epochs before, of the greatest,
   * over the epochs to come, probability that the one is better than the other; then averaged, and
   * recalibrated. For a shape it is exact where the best stands at the newest epoch and the curve
   * falls throughout the horizon.
   *
   * @param older the curve's best before the window's middle; NaN if there is none
   * @param olderDeviation its standard deviation
   */
  public double improvement(double margin, double older, double olderDeviation) {
    return Recalibration.of(claimed(margin, older, olderDeviation));
  }

  /** The same, not recalibrated. */
  double claimed(double margin, double older, double olderDeviation) {
    double probability = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > NEGLIGIBLE) {
        ShapeFit fit = fits.get(i);
        double statistic = Double.NEGATIVE_INFINITY;
        for (int after = n; after < n + AHEAD; after++) {
          statistic = Math.max(statistic, statistic(fit, after, margin, older, olderDeviation));
        }
        probability += weights[i] * StudentT.cumulative(statistic, fit.degrees());
      }
    }
    return Math.min(1, probability);
  }

  private double statistic(
      ShapeFit fit, int after, double margin, double older, double olderDeviation) {
    double least = Double.POSITIVE_INFINITY;
    int step = Math.max(1, n / 12);
    for (int before = n - 1; before >= n / 2; before -= step) {
      least = Math.min(least, fit.statistic(before, after, margin / scale, inflation));
    }
    return Double.isNaN(older)
        ? least
        : Math.min(
            least,
            fit.statisticBelow((older - margin) / scale, olderDeviation / scale, after, inflation));
  }

  /** Leaves the fits and their weights; returns the residuals. */
  private double[] fit(double[] y) {
    double mean = Arrays.stream(y).sum() / n;
    double[] deviations = Arrays.stream(y).map(value -> value - mean).toArray();
    double total = Points.product(deviations, deviations, n);
    fits = new ArrayList<>();
    for (Points.Shape shape : points.shapes()) {
      fits.add(new ShapeFit(points, shape, mean, deviations, total, inflation));
    }
    double most = fits.stream().mapToDouble(ShapeFit::evidence).max().orElseThrow();
    weights = fits.stream().mapToDouble(fit -> Math.exp(fit.evidence() - most)).toArray();
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    center = mean;
    columnWeights = new double[points.columns().length];
    for (int i = 0; i < weights.length; i++) {
      fits.get(i).blendInto(columnWeights, weights[i]);
    }
    double[] residuals = new double[n];
    for (int i = 0; i < n; i++) {
      residuals[i] = y[i] - mean(i);
    }
    return residuals;
  }

  /** The shapes' average at a point. */
  private double mean(int point) {
    double mean = center;
    for (int column = 0; column < columnWeights.length; column++) {
      mean += columnWeights[column] * points.columns()[column][point];
    }
    return mean;
  }
}
