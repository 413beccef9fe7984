package dev.bridle.scores;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How near predicted values are, in the target's unit.
 *
 * @param rmse root of the mean squared error
 * @param mae mean absolute error
 */
public record RegressionScores(double rmse, double mae) implements Scores {
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

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rmse", rmse);
    figures.put("mae", mae);
    return figures;
  }
}
