package dev.bridle.localstack.demo;

import java.util.List;

/**
 * How good predicted probabilities are.
 *
 * @param accuracy share of the rows whose most probable class is the label, 0 to 1
 * @param nll mean of -ln p(label), in nats; p is clipped to at least 1e-12
 * @param ece expected calibration error over 15 bins of equal width: the sum over the bins of (rows
 *     in bin / rows) |accuracy in bin - mean confidence in bin|, where confidence is the largest
 *     probability (Guo et al. 2017, "On Calibration of Modern Neural Networks")
 */
record Evaluation(double accuracy, double nll, double ece) {
  private static final double SMALLEST_PROBABILITY = 1e-12;
  private static final int BINS = 15;

  /**
   * @param probabilities one array [classes] a row; NaN anywhere makes the measures NaN or wrong
   *     rows, never an exception
   * @param labels class numbers, as many as rows
   */
  static Evaluation of(List<double[]> probabilities, List<Integer> labels) {
    if (probabilities.isEmpty() || probabilities.size() != labels.size()) {
      throw new IllegalArgumentException(
          "probabilities should be as many rows as labels, %d, and at least 1: were %d"
              .formatted(labels.size(), probabilities.size()));
    }
    int rows = probabilities.size();
    int hits = 0;
    double nll = 0;
    double[] hitsMinusConfidence = new double[BINS];
    for (int i = 0; i < rows; i++) {
      double[] row = probabilities.get(i);
      int predicted = mostProbable(row);
      int hit = predicted == labels.get(i) ? 1 : 0;
      hits += hit;
      nll -= Math.log(Math.max(row[labels.get(i)], SMALLEST_PROBABILITY));
      hitsMinusConfidence[bin(row[predicted])] += hit - row[predicted];
    }
    double ece = 0;
    for (double difference : hitsMinusConfidence) {
      ece += Math.abs(difference) / rows;
    }
    return new Evaluation((double) hits / rows, nll / rows, ece);
  }

  /** Bins are open at their lower end: (0, 1/15], (1/15, 2/15] and so on. */
  private static int bin(double confidence) {
    return Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
  }

  private static int mostProbable(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }
}
