package dev.bridle.inference.calibration;

import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * One number that makes probabilities as sure as they are right, {@code q_c = p_c^(1/T) / sum_k
 * p_k^(1/T)}: of a softmax that divides the logits by T (Guo, Pleiss, Sun and Weinberger, 2017). A
 * T above 1 softens; the likeliest class stays. Of a predictive mean it scales the mean's
 * logarithms.
 *
 * @param value T, above 0
 */
public record Temperature(double value) {
  private static final double LEAST = 0.05;
  private static final double MOST = 20;
  private static final double TOLERANCE = 1e-8;
  private static final int STEPS = 200;
  private static final double SMALLEST_PROBABILITY = 1e-12;

  /** T = 1: the probabilities as they are. */
  public static final Temperature NONE = new Temperature(1);

  public Temperature {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("temperature should be above 0: was " + value);
    }
  }

  /**
   * The one from 0.05 to 20 with the least {@linkplain #nll negative log-likelihood}, by Brent's
   * method over ln T.
   *
   * @param probabilities [rows, classes] row-major, without NaN
   * @param labels [rows], one at least
   */
  public static Temperature fitted(float[] probabilities, int[] labels) {
    double logarithm =
        new BrentOptimizer(TOLERANCE, TOLERANCE)
            .optimize(
                new MaxEval(STEPS),
                GoalType.MINIMIZE,
                new SearchInterval(Math.log(LEAST), Math.log(MOST), 0),
                new UnivariateObjectiveFunction(
                    t -> new Temperature(Math.exp(t)).nll(probabilities, labels)))
            .getPoint();
    return new Temperature(Math.exp(logarithm));
  }

  /** The mean of -ln q(label), in nats; a p of 0 counts as 1e-12. */
  public double nll(float[] probabilities, int[] labels) {
    int classes = probabilities.length / labels.length;
    double sum = 0;
    double[] logarithms = new double[classes];
    for (int row = 0; row < labels.length; row++) {
      normalize(probabilities, row * classes, logarithms);
      sum -= logarithms[labels[row]] / labels.length;
    }
    return sum;
  }

  /** q, [rows, classes] as the probabilities; NaN makes its row NaN. */
  public float[] scaled(float[] probabilities, int classes) {
    float[] scaled = new float[probabilities.length];
    double[] logarithms = new double[classes];
    for (int first = 0; first < scaled.length; first += classes) {
      normalize(probabilities, first, logarithms);
      for (int at = 0; at < classes; at++) {
        scaled[first + at] = (float) Math.exp(logarithms[at]);
      }
    }
    return scaled;
  }

  /** ln q of one row. */
  private void normalize(float[] probabilities, int first, double[] logarithms) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int at = 0; at < logarithms.length; at++) {
      logarithms[at] = Math.log(Math.max(probabilities[first + at], SMALLEST_PROBABILITY)) / value;
      greatest = Math.max(greatest, logarithms[at]);
    }
    double sum = 0;
    for (double logarithm : logarithms) {
      sum += Math.exp(logarithm - greatest);
    }
    for (int at = 0; at < logarithms.length; at++) {
      logarithms[at] -= greatest + Math.log(sum);
    }
  }
}
