package dev.bridle.inference.uncertainty;

/**
 * H[E p] - E[H p] of each label, yes or no, in nats, from 0 to ln 2: the epistemic share. As {@link
 * MutualInformation} it is clipped, and of independent samples corrected for the bias of the first
 * term, by {@code Var / (2 T m (1 - m))} with the mean m of a Bernoulli variable's probability.
 */
final class LabelMutualInformation extends UnitMeasure {
  @Override
  public String name() {
    return "label_mutual_information";
  }

  @Override
  public boolean describes(OutputKind kind) {
    return kind == OutputKind.LABELS;
  }

  @Override
  double of(Moments samples, int row, int unit) {
    double mean = samples.mean(row, unit);
    double information = Entropy.ofLabel(mean) - samples.expectedEntropy(row, unit);
    double variance = samples.variance(row, unit);
    double correction =
        samples.areIndependent() && variance != 0
            ? variance / (2.0 * samples.samples(row) * mean * (1 - mean))
            : 0;
    return Math.min(Math.max(0, information + correction), Math.log(2));
  }
}
