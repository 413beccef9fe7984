package dev.bridle.inference.uncertainty;

/**
 * By how much the likeliest class leads the second in the predictive mean, from 0 to 1 (Scheffer,
 * Decomain and Wrobel: Active hidden Markov models for information extraction, 2001).
 */
final class Margin extends RowMeasure {
  @Override
  public String name() {
    return "margin";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.DISTRIBUTION;
  }

  @Override
  double of(Moments samples, int row) {
    double first = 0;
    double second = 0;
    for (int unit = 0; unit < samples.units(); unit++) {
      double mean = samples.mean(row, unit);
      second = Math.max(second, Math.min(first, mean));
      first = Math.max(first, mean);
    }
    return first - second;
  }
}
