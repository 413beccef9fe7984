package dev.bridle.scores;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good predicted probabilities are. NaN among them makes the scores NaN.
 *
 * @param accuracy share of the rows whose likeliest class is the label
 * @param nll mean of -ln p(label), in nats; p is at least 1e-12
 * @param brier mean of sum_c (p_c - [c is the label])^2, from 0 to 2 (Brier 1950)
 * @param ece expected calibration error of the {@link Reliability} (Guo et al. 2017)
 * @param aurc area under the {@link RiskCoverage} curve (Geifman and El-Yaniv 2017)
 */
public record ClassificationScores(
    double accuracy,
    double nll,
    double brier,
    double ece,
    double aurc,
    List<Reliability.Bin> reliability,
    @JsonProperty("risk_coverage") List<RiskCoverage.Point> riskCoverage)
    implements Scores {
  private static final double SMALLEST_PROBABILITY = 1e-12;

  /**
   * @param probabilities [rows, classes] row-major
   * @param labels [rows], each from 0 to classes - 1
   */
  public static ClassificationScores of(float[] probabilities, int[] labels) {
    int rows = labels.length;
    int classes = probabilities.length / rows;
    double[] confidence = new double[rows];
    boolean[] right = new boolean[rows];
    double accuracy = 0;
    double nll = 0;
    double brier = 0;
    for (int row = 0; row < rows; row++) {
      int first = row * classes;
      int likeliest = 0;
      for (int at = 0; at < classes; at++) {
        double p = probabilities[first + at];
        likeliest = p > probabilities[first + likeliest] ? at : likeliest;
        double error = p - (at == labels[row] ? 1 : 0);
        brier += error * error / rows;
      }
      confidence[row] = probabilities[first + likeliest];
      right[row] = likeliest == labels[row];
      accuracy += right[row] ? 1.0 / rows : 0;
      nll -= Math.log(Math.max(probabilities[first + labels[row]], SMALLEST_PROBABILITY)) / rows;
    }
    List<Reliability.Bin> bins = Reliability.of(confidence, right);
    return new ClassificationScores(
        accuracy,
        nll,
        brier,
        Reliability.error(bins),
        RiskCoverage.area(confidence, right),
        bins,
        RiskCoverage.of(confidence, right));
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("accuracy", accuracy);
    figures.put("nll", nll);
    figures.put("brier", brier);
    figures.put("ece", ece);
    figures.put("aurc", aurc);
    return figures;
  }
}
