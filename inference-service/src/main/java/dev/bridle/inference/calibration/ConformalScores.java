package dev.bridle.inference.calibration;

import java.util.Arrays;

/**
 * How odd the truth was on rows that the model didn't train on, rising. Split conformal prediction:
 * a new row's score is at most the {@code ceil((n + 1)(1 - alpha))}-th smallest of n with a
 * probability of at least 1 - alpha, and below 1 - alpha + 1/(n + 1) where scores don't tie,
 * whatever the distribution, if the rows are exchangeable (Vovk, Gammerman and Shafer 2005; Lei,
 * G'Sell, Rinaldo, Tibshirani and Wasserman 2018).
 */
public record ConformalScores(double[] rising) {
  private static final double ROUNDING = 1e-9;

  public ConformalScores {
    rising = rising.clone();
    Arrays.sort(rising);
    if (rising.length == 0 || Double.isNaN(rising[rising.length - 1])) {
      throw new IllegalArgumentException("scores should be one at least, and numbers");
    }
  }

  /** n. */
  public int rows() {
    return rising.length;
  }

  /** The least alpha that so many rows allow, 1/(n + 1). */
  public double leastAlpha() {
    return 1.0 / (rising.length + 1);
  }

  /**
   * The score that a new row exceeds with a probability of at most alpha.
   *
   * @throws IllegalArgumentException unless alpha is at least {@link #leastAlpha} and below 1
   */
  public double quantile(double alpha) {
    int rank = (int) Math.ceil((rising.length + 1) * (1 - alpha) - ROUNDING);
    if (!(alpha < 1) || rank > rising.length) {
      throw new IllegalArgumentException(
          "conformal_alpha should be at least %.6f, 1/(n + 1) of the calibration's %d rows, and below 1: was %s"
              .formatted(leastAlpha(), rising.length, alpha));
    }
    return rising[Math.max(1, rank) - 1];
  }
}
