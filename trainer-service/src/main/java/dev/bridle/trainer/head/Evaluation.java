package dev.bridle.trainer.head;

import dev.bridle.events.MetricNames;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well logits predict labels.
 *
 * @param nll mean negative log-likelihood, in nats: the mean softmax cross entropy; NaN if a logit
 *     is
 * @param accuracy the share of rows whose greatest logit is the label's
 * @param ece expected calibration error over 15 equal bins of confidence (Naeini et al., 2015): the
 *     mean of |accuracy - confidence| of the bins, weighted by their rows
 */
public record Evaluation(double nll, double accuracy, double ece) {
  private static final int BINS = 15;

  /**
   * @param logits row-major, one row a label
   */
  public static Evaluation of(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double nll = 0;
    int right = 0;
    double[] confidenceInBin = new double[BINS];
    int[] rightInBin = new int[BINS];
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      int best = greatest(logits, from, classes);
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits[from + c] - logits[from + best]);
      }
      nll += Math.log(sum) - (logits[from + labels[row]] - logits[from + best]);
      int bin = Math.min(BINS - 1, (int) (BINS / sum));
      confidenceInBin[bin] += 1 / sum;
      if (best == labels[row]) {
        right++;
        rightInBin[bin]++;
      }
    }
    double distance = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(rightInBin[bin] - confidenceInBin[bin]);
    }
    return new Evaluation(
        nll / labels.length, (double) right / labels.length, distance / labels.length);
  }

  /**
   * The mean of the rows' negative log-likelihoods, each weighted by its label's class, in nats.
   *
   * @param weights of the classes
   */
  static double weightedNll(float[] logits, int[] labels, float[] weights) {
    int classes = weights.length;
    double nll = 0;
    double all = 0;
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      float best = logits[from + greatest(logits, from, classes)];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits[from + c] - best);
      }
      float weight = weights[labels[row]];
      nll += weight * (Math.log(sum) - (logits[from + labels[row]] - best));
      all += weight;
    }
    return nll / all;
  }

  /** The metrics of a head, by the names of the vocabulary. */
  public Map<String, Double> metrics(String head) {
    return new TreeMap<>(
        Map.of(
            MetricNames.accuracy(head), accuracy,
            MetricNames.negativeLogLikelihood(head), nll,
            MetricNames.expectedCalibrationError(head), ece));
  }

  /** The class with the greatest logit of the row that begins at {@code from}. */
  static int greatest(float[] logits, int from, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[from + c] > logits[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
