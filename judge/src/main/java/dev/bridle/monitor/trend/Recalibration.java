package dev.bridle.monitor.trend;

/**
 * Makes what the shapes say agree with what happens, for real curves have shapes that are not among
 * them: logit p' = {@value #SHIFT} + {@value #SHRINK} logit p, Platt's scaling. It draws extreme
 * claims towards the middle.
 *
 * <p>The two numbers are fitted by maximum likelihood on simulated curves, over some families of
 * them, and verified on those and on others: by RecalibrationTest and
 * ExpectedImprovementCalibrationTest.
 *
 * <p>Source: Platt, Probabilistic Outputs for Support Vector Machines, 1999.
 */
final class Recalibration {
  static final double SHIFT = -0.6;
  static final double SHRINK = 0.6;
  private static final double SURE = 1e-9;

  private Recalibration() {}

  static double of(double probability) {
    return 1 / (1 + Math.exp(-(SHIFT + SHRINK * logit(probability))));
  }

  /** Of a probability that is kept from 0 and 1 by 1e-9. */
  static double logit(double probability) {
    double p = Math.min(1 - SURE, Math.max(SURE, probability));
    return Math.log(p / (1 - p));
  }
}
