package dev.bridle.inference.uncertainty;

/**
 * Whether enough independent samples of a row were drawn. It may be asked after any sample: what it
 * holds against the target is the half width of a confidence sequence, which covers the truth at
 * all times at once, and not of an interval, which looked at again and again sooner or later stops
 * on a lucky one.
 *
 * <p>With s the root mean square over the units of the samples' standard deviation, the half width
 * after t samples is {@code s sqrt(2 (t r^2 + 1) / (t r)^2 ln(sqrt(t r^2 + 1) / a))}, a = 0.05,
 * with r set for a sequence that is tightest near t = 100 (Waudby-Smith, Arbour, Sinha, Kennedy and
 * Ramdas: Time-uniform central limit theory and asymptotic confidence sequences, Annals of
 * Statistics 52(6), 2024, theorem 2.2). Enough is at a half width of at most 1.96 times the target.
 * It needs about two times the samples of a single look. NaN is never enough.
 *
 * @param target the standard error asked for, above 0, in the output's unit
 */
public record StandardErrorTarget(double target) {
  private static final double ALPHA = 0.05;
  private static final double NORMAL_QUANTILE = 1.959963984540054;
  private static final double TIGHTEST_AT = 100;
  private static final double RHO_SQUARED =
      (-2 * Math.log(ALPHA) + Math.log(-2 * Math.log(ALPHA) + 1)) / TIGHTEST_AT;

  public StandardErrorTarget {
    if (!(target > 0)) {
      throw new IllegalArgumentException("target should be above 0: was " + target);
    }
  }

  public boolean isReached(Moments samples, int row) {
    return halfWidth(samples, row) <= NORMAL_QUANTILE * target;
  }

  private static double halfWidth(Moments samples, int row) {
    double t = samples.samples(row);
    if (t < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int unit = 0; unit < samples.units(); unit++) {
      sum += samples.variance(row, unit);
    }
    double scaled = t * RHO_SQUARED + 1;
    return Math.sqrt(
        sum
            / samples.units()
            * 2
            * scaled
            / (t * t * RHO_SQUARED)
            * Math.log(Math.sqrt(scaled) / ALPHA));
  }
}
