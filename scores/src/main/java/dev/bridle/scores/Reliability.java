package dev.bridle.scores;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether predictions are right as often as they are sure: 15 bins of confidence, of equal width.
 */
public final class Reliability {
  private static final int BINS = 15;

  private Reliability() {}

  /**
   * Predictions of a confidence in (lower, upper].
   *
   * @param confidence their mean confidence; 0 for none
   * @param accuracy share of them that are right; 0 for none
   */
  public record Bin(double lower, double upper, int count, double confidence, double accuracy) {}

  /**
   * @param confidence the probability of the likeliest class, one a row
   * @param right whether that is the label
   */
  static List<Bin> of(double[] confidence, boolean[] right) {
    int[] count = new int[BINS];
    double[] sum = new double[BINS];
    int[] hits = new int[BINS];
    for (int row = 0; row < confidence.length; row++) {
      int bin = (int) Math.ceil(confidence[row] * BINS) - 1;
      bin = Math.max(0, Math.min(BINS - 1, bin));
      count[bin]++;
      sum[bin] += confidence[row];
      hits[bin] += right[row] ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      int rows = Math.max(1, count[bin]);
      bins.add(
          new Bin(
              (double) bin / BINS,
              (bin + 1.0) / BINS,
              count[bin],
              sum[bin] / rows,
              (double) hits[bin] / rows));
    }
    return bins;
  }

  /** The mean over the rows of |accuracy - confidence| of their bin. */
  static double error(List<Bin> bins) {
    double rows = bins.stream().mapToInt(Bin::count).sum();
    return bins.stream()
        .mapToDouble(bin -> bin.count() / rows * Math.abs(bin.accuracy() - bin.confidence()))
        .sum();
  }
}
