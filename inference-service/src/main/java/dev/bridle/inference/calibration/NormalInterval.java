package dev.bridle.inference.calibration;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The central interval of a normal distribution, {@code mean +- z sqrt(variance)}, z the quantile
 * of (1 + coverage) / 2. It covers what it says where the truth, given the row, is normal about the
 * mean with that variance; of that nothing is checked here.
 *
 * @param coverage the share of truths inside, above 0 and below 1
 */
public record NormalInterval(double coverage) {
  private static final NormalDistribution STANDARD = new NormalDistribution(null, 0, 1);

  public NormalInterval {
    if (!(coverage > 0 && coverage < 1)) {
      throw new IllegalArgumentException("coverage should be above 0 and below 1: was " + coverage);
    }
  }

  /** How far its ends are from the mean; NaN for a variance that is NaN or negative. */
  public double halfWidth(double variance) {
    return STANDARD.inverseCumulativeProbability((1 + coverage) / 2) * Math.sqrt(variance);
  }
}
