package dev.bridle.inference.uncertainty;

/**
 * Moments that were computed and not sampled, of {@link OutputKind#VALUES}: their mean has no
 * standard error.
 *
 * @param means [rows, units] row-major
 * @param variances as the means
 */
public record ExactMoments(int rows, int units, double[] means, double[] variances)
    implements Moments {
  /** None were needed. */
  @Override
  public int samples(int row) {
    return 0;
  }

  @Override
  public boolean areIndependent() {
    return true;
  }

  @Override
  public double mean(int row, int unit) {
    return means[row * units + unit];
  }

  @Override
  public double variance(int row, int unit) {
    return variances[row * units + unit];
  }

  @Override
  public double meanVariance(int row, int unit) {
    return 0;
  }

  /** NaN: values have no entropy. */
  @Override
  public double expectedEntropy(int row) {
    return Double.NaN;
  }

  /** NaN: values have no entropy. */
  @Override
  public double expectedEntropy(int row, int unit) {
    return Double.NaN;
  }

  /** NaN: nobody voted. */
  @Override
  public double votes(int row, int unit) {
    return Double.NaN;
  }
}
