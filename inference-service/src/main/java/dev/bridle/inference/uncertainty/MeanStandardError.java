package dev.bridle.inference.uncertainty;

/**
 * How far the predictive mean may be from the one of infinitely many samples: the root mean square
 * over the units of their standard errors, {@code sqrt(1/C sum_c Var_c / T)}; 0 for one sample. An
 * upper bound where the samples depend on each other.
 */
final class MeanStandardError extends RowMeasure {
  @Override
  public String name() {
    return "mean_se";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return true;
  }

  @Override
  double of(Moments samples, int row) {
    double sum = 0;
    for (int unit = 0; unit < samples.units(); unit++) {
      sum += samples.meanVariance(row, unit);
    }
    return Math.sqrt(sum / samples.units());
  }
}
