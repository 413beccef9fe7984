package dev.bridle.inference.uncertainty;

/**
 * The share of the sub-networks that don't vote for the most voted class, 1 - max_c votes_c, from 0
 * to 1 - 1/C (Freeman: Elementary applied statistics, 1965).
 */
final class VariationRatio extends RowMeasure {
  @Override
  public String name() {
    return "variation_ratio";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.DISTRIBUTION;
  }

  @Override
  double of(Moments samples, int row) {
    double most = 0;
    double checked = 0;
    for (int unit = 0; unit < samples.units(); unit++) {
      most = Math.max(most, samples.votes(row, unit));
      checked += samples.mean(row, unit);
    }
    return Double.isNaN(checked) ? Double.NaN : 1 - most;
  }
}
