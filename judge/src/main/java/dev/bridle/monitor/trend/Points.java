package dev.bridle.monitor.trend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The shapes that a curve may have, tabled at the points in question: the observations, oldest
 * first, and behind them some coming epochs.
 *
 * @param observed how many of the points are observations
 * @param columns of terms, each with its value at every point
 * @param shapes that are tried: constant + a sum of terms
 */
record Points(int observed, double[][] columns, List<Shape> shapes) {
  /**
   * @param prior before anything was seen; they need not add up to 1
   * @param terms as columns, two at most
   * @param spread the inverse of the terms' products over the observations
   */
  record Shape(double prior, int[] terms, double[][] spread) {}

  /** Terms that are this near to multiples of each other are taken for one. */
  private static final double COLLINEAR = 1e-10;

  private static final double[] DECAYS = {0.04, 0.07, 0.12, 0.18, 0.27, 0.4, 0.6, 1};
  private static final double[] BENDS = {0.2, 0.35, 0.5, 0.65, 0.8};

  /**
   * With x the epochs since the newest, s the window's length in epochs, c = -s times a bend and r
   * = s times a decay: flat; x; log e, e^-1/2 and e^-1 of the epoch e; exp(-x/r), alone or with x;
   * two lines that meet in c, the second flat or not; a step in c; two of the exponentials with a
   * line that sets in at c.
   *
   * @param x of the points
   * @param now the newest epoch
   */
  static Points of(double[] x, int observed, int now) {
    double span = -x[0];
    List<DoubleUnaryOperator> terms = new ArrayList<>();
    List<Tried> shapes = new ArrayList<>();
    shapes.add(new Tried(0.3));
    terms.add(at -> at);
    shapes.add(new Tried(0.1, 0));
    for (DoubleUnaryOperator slowing :
        List.<DoubleUnaryOperator>of(
            at -> Math.log(now + at), at -> 1 / Math.sqrt(now + at), at -> 1 / (now + at))) {
      shapes.add(new Tried(0.05, terms.size()));
      terms.add(slowing);
    }
    for (double decay : DECAYS) {
      shapes.add(new Tried(0.025, terms.size()));
      shapes.add(new Tried(0.015, terms.size(), 0));
      terms.add(at -> Math.exp(-(at + span) / (decay * span)));
    }
    int decays = terms.size() - DECAYS.length;
    for (double bend : BENDS) {
      double corner = -bend * span;
      int first = terms.size();
      terms.add(at -> Math.min(0, at - corner));
      terms.add(at -> Math.max(0, at - corner));
      terms.add(at -> at < corner ? 1 : 0);
      shapes.add(new Tried(0.02, first));
      shapes.add(new Tried(0.02, first, first + 1));
      shapes.add(new Tried(0.02, first + 2));
      shapes.add(new Tried(0.02, decays + 1, first + 1));
      shapes.add(new Tried(0.02, decays + 3, first + 1));
    }
    double[][] columns = new double[terms.size()][x.length];
    for (int term = 0; term < columns.length; term++) {
      for (int i = 0; i < x.length; i++) {
        columns[term][i] = terms.get(term).applyAsDouble(x[i]);
      }
      center(columns[term], observed);
    }
    return new Points(
        observed,
        columns,
        shapes.stream()
            .map(
                shape ->
                    new Shape(
                        shape.prior(),
                        shape.terms(),
                        inverse(products(columns, shape.terms(), observed))))
            .toList());
  }

  private record Tried(double prior, int... terms) {}

  private static void center(double[] column, int observed) {
    double mean = 0;
    for (int i = 0; i < observed; i++) {
      mean += column[i] / observed;
    }
    for (int i = 0; i < column.length; i++) {
      column[i] -= mean;
    }
  }

  private static double[][] products(double[][] columns, int[] terms, int observed) {
    double[][] products = new double[terms.length][terms.length];
    for (int a = 0; a < terms.length; a++) {
      for (int b = 0; b < terms.length; b++) {
        products[a][b] = product(columns[terms[a]], columns[terms[b]], observed);
      }
    }
    return products;
  }

  /** Over the first so many. */
  static double product(double[] left, double[] right, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  /** Of a symmetric matrix of two rows at most. */
  private static double[][] inverse(double[][] s) {
    if (s.length == 0) {
      return s;
    }
    double first = s[0][0] > 0 ? 1 / s[0][0] : 0;
    if (s.length == 1) {
      return new double[][] {{first}};
    }
    double determinant = s[0][0] * s[1][1] - s[0][1] * s[1][0];
    if (!(determinant > COLLINEAR * s[0][0] * s[1][1])) {
      return new double[][] {{first, 0}, {0, 0}};
    }
    double cross = -s[0][1] / determinant;
    return new double[][] {{s[1][1] / determinant, cross}, {cross, s[0][0] / determinant}};
  }
}
