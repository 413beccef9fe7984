package dev.bridle.inference.uncertainty;

/** A measure of one number a row. */
abstract class RowMeasure implements UncertaintyMeasure {
  abstract double of(Moments samples, int row);

  @Override
  public final Extent extent() {
    return Extent.PER_ROW;
  }

  @Override
  public final double[] of(Moments samples) {
    double[] values = new double[samples.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = of(samples, row);
    }
    return values;
  }
}
