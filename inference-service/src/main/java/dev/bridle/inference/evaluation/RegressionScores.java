package dev.bridle.inference.evaluation;

/**
 * How near predicted values are, in the target's unit.
 *
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 */
public record RegressionScores(double rmse, double mae) {
  /**
   * @param predictions as many as truths, which are one at least
   */
  public static RegressionScores of(float[] predictions, double[] truths) {
    double squares = 0;
    double absolute = 0;
    for (int at = 0; at < truths.length; at++) {
      double error = predictions[at] - truths[at];
      squares += error * error / truths.length;
      absolute += Math.abs(error) / truths.length;
    }
    return new RegressionScores(Math.sqrt(squares), absolute);
  }
}
