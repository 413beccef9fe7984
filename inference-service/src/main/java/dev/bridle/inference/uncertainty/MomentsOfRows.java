package dev.bridle.inference.uncertainty;

/**
 * A request's own rows of what was sampled for several.
 *
 * @param all of which these are
 * @param first row of {@code all}
 */
public record MomentsOfRows(Moments all, int first, int rows) implements Moments {
  @Override
  public int units() {
    return all.units();
  }

  @Override
  public int samples(int row) {
    return all.samples(first + row);
  }

  @Override
  public boolean areIndependent() {
    return all.areIndependent();
  }

  @Override
  public double mean(int row, int unit) {
    return all.mean(first + row, unit);
  }

  @Override
  public double variance(int row, int unit) {
    return all.variance(first + row, unit);
  }

  @Override
  public double meanVariance(int row, int unit) {
    return all.meanVariance(first + row, unit);
  }

  @Override
  public double expectedEntropy(int row) {
    return all.expectedEntropy(first + row);
  }

  @Override
  public double expectedEntropy(int row, int unit) {
    return all.expectedEntropy(first + row, unit);
  }

  @Override
  public double votes(int row, int unit) {
    return all.votes(first + row, unit);
  }
}
