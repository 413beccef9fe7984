package dev.bridle.inference.uncertainty;

/**
 * The spread of each class's value over the samples, [B, C]: the unbiased estimate with T - 1; 0
 * for one sample.
 */
final class Variance extends UnitMeasure {
  @Override
  public String name() {
    return "variance";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return true;
  }

  @Override
  double of(Moments samples, int row, int unit) {
    return samples.variance(row, unit);
  }
}
