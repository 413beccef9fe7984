package dev.bridle.inference.uncertainty;

/** E[H p], the aleatoric share that every sub-network sees, in nats, from 0 to ln C. */
final class ExpectedEntropy extends RowMeasure {
  @Override
  public String name() {
    return "expected_entropy";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.DISTRIBUTION;
  }

  @Override
  double of(Moments samples, int row) {
    return samples.expectedEntropy(row);
  }
}
