package dev.bridle.inference.uncertainty;

/**
 * H[E p] - E[H p], the epistemic share on which the sub-networks disagree, in nats, from 0 to ln C
 * (BALD, Houlsby et al., arXiv:1112.5745). Clipped at 0, which rounding alone can cross. With few
 * samples it is biased low, for the entropy of an estimated mean is: by about -0.003 at T = 100.
 */
final class MutualInformation extends RowMeasure {
  @Override
  public String name() {
    return "mutual_information";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.DISTRIBUTION;
  }

  @Override
  double of(SampleAccumulator samples, int row) {
    return Math.max(0, samples.predictiveEntropy(row) - samples.expectedEntropy(row));
  }
}
