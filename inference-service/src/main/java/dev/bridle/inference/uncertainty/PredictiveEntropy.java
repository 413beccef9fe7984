package dev.bridle.inference.uncertainty;

/** H[E p], the whole uncertainty of the predictive mean, in nats, from 0 to ln C. */
final class PredictiveEntropy extends RowMeasure {
  @Override
  public String name() {
    return "predictive_entropy";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.DISTRIBUTION;
  }

  @Override
  double of(Moments samples, int row) {
    return samples.predictiveEntropy(row);
  }
}
