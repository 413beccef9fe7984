package dev.bridle.benchmarks.training;

import java.util.List;

/**
 * The line of least squares through points: its slope, and half of the interval of 95 % around it
 * by the normal distribution, as if the points' errors were independent.
 */
record Slope(double perUnit, double halfInterval) {
  private static final double QUANTILE = 1.96;

  /**
   * @param points x and y each, at least three with different x
   */
  static Slope of(List<double[]> points) {
    double x = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double y = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (double[] point : points) {
      xx += (point[0] - x) * (point[0] - x);
      xy += (point[0] - x) * (point[1] - y);
    }
    double slope = xy / xx;
    double residuals = 0;
    for (double[] point : points) {
      double residual = point[1] - y - slope * (point[0] - x);
      residuals += residual * residual;
    }
    return new Slope(slope, QUANTILE * Math.sqrt(residuals / (points.size() - 2) / xx));
  }
}
