package dev.bridle.inference.uncertainty;

/** H[E p] of each label, yes or no, in nats, from 0 to ln 2. */
final class LabelPredictiveEntropy extends UnitMeasure {
  @Override
  public String name() {
    return "label_predictive_entropy";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.LABELS;
  }

  @Override
  double of(Moments samples, int row, int unit) {
    return Entropy.ofLabel(samples.mean(row, unit));
  }
}
