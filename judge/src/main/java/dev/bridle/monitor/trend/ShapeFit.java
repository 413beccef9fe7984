package dev.bridle.monitor.trend;

import dev.bridle.monitor.trend.Points.Shape;

/**
 * One shape fitted to n observations by Bayesian linear regression: flat priors on the constant and
 * on the log noise, Zellner's g-prior on the k terms, with g the larger of n and its local
 * empirical Bayes estimate F - 1, where F = (R² / k) / ((1 - R²) / (n - 1 - k)). So weak trends are
 * shrunk and clear ones are not.
 *
 * <p>Evidence against a flat curve: ((n - 1 - k) log(1 + g) - (n - 1) log(1 + g (1 - R²))) / 2,
 * over the tempering. Posterior of the curve: Student's t with n - 1 degrees of freedom, centered
 * on the least-squares fit shrunk by g / (1 + g).
 *
 * <p>Source: Liang, Paulo, Molina, Clyde and Berger, Mixtures of g Priors for Bayesian Variable
 * Selection, JASA 2008.
 */
final class ShapeFit {
  private final Points points;
  private final int[] terms;
  private final double mean;
  private final double[] weights;
  private final double[][] spread;
  private final double variance;
  private final double trendVariance;
  private final double evidence;

  /**
   * @param mean of the observations
   * @param deviations of the observations from it
   * @param total the sum of the deviations' squares
   * @param tempering how many dependent observations are worth one
   */
  ShapeFit(
      Points points,
      Shape shape,
      double mean,
      double[] deviations,
      double total,
      double tempering) {
    this.points = points;
    this.mean = mean;
    terms = shape.terms();
    int n = deviations.length;
    int k = terms.length;
    weights = new double[k];
    double explained = 0;
    for (int b = 0; b < k; b++) {
      double product = Points.product(points.columns()[terms[b]], deviations, n);
      for (int a = 0; a < k; a++) {
        weights[a] += shape.spread()[a][b] * product;
      }
    }
    for (int a = 0; a < k; a++) {
      explained += weights[a] * Points.product(points.columns()[terms[a]], deviations, n);
    }
    double share = total > 0 ? Math.max(0, Math.min(1 - 1e-9, explained / total)) : 0;
    double g = k == 0 ? 0 : Math.max(n, share / (1 - share) * (n - 1 - k) / k - 1);
    double shrinkage = g / (1 + g);
    for (int a = 0; a < k; a++) {
      weights[a] *= shrinkage;
    }
    spread = shape.spread();
    variance = total * (1 - shrinkage * share) / (n - 1);
    trendVariance = shrinkage * variance;
    evidence =
        Math.log(shape.prior())
            + ((n - 1 - k) * Math.log1p(g) - (n - 1) * Math.log1p(g * (1 - share)))
                / (2 * tempering);
  }

  /** Log of prior times marginal likelihood, up to a constant that all shapes share. */
  double evidence() {
    return evidence;
  }

  /** Of the noise. */
  double variance() {
    return variance;
  }

  int degrees() {
    return points.observed() - 1;
  }

  /** Adds its terms' weights, times a factor, to the columns' own. */
  void blendInto(double[] columnWeights, double factor) {
    for (int a = 0; a < terms.length; a++) {
      columnWeights[terms[a]] += factor * weights[a];
    }
  }

  /** The t statistic of f(before) - f(after) exceeding the margin. */
  double statistic(int before, int after, double margin, double inflation) {
    double first = term(0, before) - term(0, after);
    double second = term(1, before) - term(1, after);
    return ratio(
        gain(first, second) - margin, inflation * trendVariance * quadratic(first, second));
  }

  /** The t statistic of f(after) lying below a level that is known up to a deviation. */
  double statisticBelow(double level, double deviation, int after, double inflation) {
    double first = term(0, after);
    double second = term(1, after);
    double own = variance / points.observed() + trendVariance * quadratic(first, second);
    return ratio(level - mean - gain(first, second), inflation * own + deviation * deviation);
  }

  /** 0 where there is no such term. */
  private double term(int index, int point) {
    return index < terms.length ? points.columns()[terms[index]][point] : 0;
  }

  private double gain(double first, double second) {
    return switch (terms.length) {
      case 0 -> 0;
      case 1 -> weights[0] * first;
      default -> weights[0] * first + weights[1] * second;
    };
  }

  private double quadratic(double first, double second) {
    return switch (terms.length) {
      case 0 -> 0;
      case 1 -> spread[0][0] * first * first;
      default ->
          Math.max(
              0,
              spread[0][0] * first * first
                  + 2 * spread[0][1] * first * second
                  + spread[1][1] * second * second);
    };
  }

  private static double ratio(double gain, double variance) {
    if (variance > 0) {
      return gain / Math.sqrt(variance);
    }
    return gain > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }
}
