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
  /** Terms that are this near to multiples of each other are taken for one. */
  private static final double COLLINEAR = 1e-10;

  private final Points points;
  private final int[] terms;
  private final double mean;
  private final double[] weights;
  private final double[][] spread;
  private final double variance;
  private final double evidence;

  /**
   * @param y the observations
   * @param tempering how many dependent observations are worth one
   */
  ShapeFit(Points points, Shape shape, double[] y, double tempering) {
    this.points = points;
    terms = shape.terms();
    int n = y.length;
    int k = terms.length;
    double sum = 0;
    for (double value : y) {
      sum += value;
    }
    mean = sum / n;
    double[] sy = new double[k];
    double[][] s = new double[k][k];
    double total = 0;
    for (int i = 0; i < n; i++) {
      double deviation = y[i] - mean;
      total += deviation * deviation;
      for (int a = 0; a < k; a++) {
        double term = points.columns()[terms[a]][i];
        sy[a] += term * deviation;
        for (int b = 0; b <= a; b++) {
          s[a][b] += term * points.columns()[terms[b]][i];
        }
      }
    }
    spread = inverse(s);
    weights = new double[k];
    double explained = 0;
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < k; b++) {
        weights[a] += spread[a][b] * sy[b];
      }
      explained += weights[a] * sy[a];
    }
    double share = total > 0 ? Math.max(0, Math.min(1 - 1e-9, explained / total)) : 0;
    double g = k == 0 ? 0 : Math.max(n, share / (1 - share) * (n - 1 - k) / k - 1);
    double shrinkage = g / (1 + g);
    for (int a = 0; a < k; a++) {
      weights[a] *= shrinkage;
      for (int b = 0; b < k; b++) {
        spread[a][b] *= shrinkage;
      }
    }
    variance = total * (1 - shrinkage * share) / (n - 1);
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

  double at(int point) {
    double value = mean;
    for (int a = 0; a < terms.length; a++) {
      value += weights[a] * points.columns()[terms[a]][point];
    }
    return value;
  }

  /** The t statistic of f(before) - f(after) exceeding the margin. */
  double statistic(int before, int after, double margin, double inflation) {
    double[] contrast = new double[terms.length];
    for (int a = 0; a < terms.length; a++) {
      double[] column = points.columns()[terms[a]];
      contrast[a] = column[before] - column[after];
    }
    return ratio(at(before) - at(after) - margin, inflation * variance * quadratic(contrast));
  }

  /** The t statistic of f(after) lying below a level that is known up to a deviation. */
  double statisticBelow(double level, double deviation, int after, double inflation) {
    double[] contrast = new double[terms.length];
    for (int a = 0; a < terms.length; a++) {
      contrast[a] = points.columns()[terms[a]][after];
    }
    double own = inflation * variance * (1.0 / points.observed() + quadratic(contrast));
    return ratio(level - at(after), own + deviation * deviation);
  }

  private double quadratic(double[] contrast) {
    double sum = 0;
    for (int a = 0; a < contrast.length; a++) {
      for (int b = 0; b < contrast.length; b++) {
        sum += contrast[a] * spread[a][b] * contrast[b];
      }
    }
    return Math.max(0, sum);
  }

  private static double ratio(double gain, double variance) {
    if (variance > 0) {
      return gain / Math.sqrt(variance);
    }
    return gain > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /** Of a symmetric matrix of which the lower half is given, of two rows at most. */
  private static double[][] inverse(double[][] s) {
    if (s.length == 0) {
      return s;
    }
    double first = s[0][0] > 0 ? 1 / s[0][0] : 0;
    if (s.length == 1) {
      return new double[][] {{first}};
    }
    double determinant = s[0][0] * s[1][1] - s[1][0] * s[1][0];
    if (!(determinant > COLLINEAR * s[0][0] * s[1][1])) {
      return new double[][] {{first, 0}, {0, 0}};
    }
    double cross = -s[1][0] / determinant;
    return new double[][] {{s[1][1] / determinant, cross}, {cross, s[0][0] / determinant}};
  }
}
