package dev.bridle.inference.uncertainty;

/** E[H p] of each label, yes or no, in nats, from 0 to ln 2: the aleatoric share. */
final class LabelExpectedEntropy extends UnitMeasure {
  @Override
  public String name() {
    return "label_expected_entropy";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.LABELS;
  }

  @Override
  double of(Moments samples, int row, int unit) {
    return samples.expectedEntropy(row, unit);
  }
}
