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
   */
  record Shape(double prior, int... terms) {}

  private static final double[] DECAYS = {0.04, 0.07, 0.12, 0.18, 0.27, 0.4, 0.6, 1};
  private static final double[] BENDS = {0.2, 0.35, 0.5, 0.65, 0.8};

  /**
   * With x the epochs since the newest, s the window's length in epochs, c = -s times a bend and r
   * = s times a decay: flat; x; log e, e^-1/2 and e^-1 of the epoch e; exp(-x/r), alone or with x;
   * two lines that meet in c, the second flat or not; a step in c.
   *
   * @param x of the points
   * @param now the newest epoch
   */
  static Points of(double[] x, int observed, int now) {
    double span = -x[0];
    List<DoubleUnaryOperator> terms = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    shapes.add(new Shape(0.3));
    terms.add(at -> at);
    shapes.add(new Shape(0.1, 0));
    for (DoubleUnaryOperator slowing :
        List.<DoubleUnaryOperator>of(
            at -> Math.log(now + at), at -> 1 / Math.sqrt(now + at), at -> 1 / (now + at))) {
      shapes.add(new Shape(0.05, terms.size()));
      terms.add(slowing);
    }
    for (double decay : DECAYS) {
      shapes.add(new Shape(0.025, terms.size()));
      shapes.add(new Shape(0.015, terms.size(), 0));
      terms.add(at -> Math.exp(-(at + span) / (decay * span)));
    }
    for (double bend : BENDS) {
      double corner = -bend * span;
      int first = terms.size();
      terms.add(at -> Math.min(0, at - corner));
      terms.add(at -> Math.max(0, at - corner));
      terms.add(at -> at < corner ? 1 : 0);
      shapes.add(new Shape(0.02, first));
      shapes.add(new Shape(0.02, first, first + 1));
      shapes.add(new Shape(0.02, first + 2));
    }
    double[][] columns = new double[terms.size()][x.length];
    for (int term = 0; term < columns.length; term++) {
      for (int i = 0; i < x.length; i++) {
        columns[term][i] = terms.get(term).applyAsDouble(x[i]);
      }
      center(columns[term], observed);
    }
    return new Points(observed, columns, shapes);
  }

  private static void center(double[] column, int observed) {
    double mean = 0;
    for (int i = 0; i < observed; i++) {
      mean += column[i] / observed;
    }
    for (int i = 0; i < column.length; i++) {
      column[i] -= mean;
    }
  }
}
