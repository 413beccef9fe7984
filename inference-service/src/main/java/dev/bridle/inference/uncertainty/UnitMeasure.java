package dev.bridle.inference.uncertainty;

/** A measure of one number for each of an output's numbers. */
abstract class UnitMeasure implements UncertaintyMeasure {
  abstract double of(Moments samples, int row, int unit);

  @Override
  public final Extent extent() {
    return Extent.PER_UNIT;
  }

  @Override
  public final double[] of(Moments samples) {
    double[] values = new double[samples.rows() * samples.units()];
    for (int at = 0; at < values.length; at++) {
      values[at] = of(samples, at / samples.units(), at % samples.units());
    }
    return values;
  }
}
