package dev.bridle.inference.uncertainty;

/**
 * The spread of each class's value over the samples, [B, C]: the unbiased estimate with T - 1; 0
 * for one sample.
 */
final class Variance implements UncertaintyMeasure {
  @Override
  public String name() {
    return "variance";
  }

  @Override
  public Extent extent() {
    return Extent.PER_UNIT;
  }

  @Override
  public boolean describes(OutputKind kind) {
    return true;
  }

  @Override
  public double[] of(Moments samples) {
    double[] values = new double[samples.rows() * samples.units()];
    for (int at = 0; at < values.length; at++) {
      values[at] = samples.variance(at / samples.units(), at % samples.units());
    }
    return values;
  }
}
