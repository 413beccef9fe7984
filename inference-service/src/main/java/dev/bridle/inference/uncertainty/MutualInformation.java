package dev.bridle.inference.uncertainty;

/**
 * I = H[E p] - E[H p], the epistemic share on which the sub-networks disagree, in nats, from 0 to
 * ln C (BALD, Houlsby et al., arXiv:1112.5745). Clipped at 0, which rounding and the correction can
 * cross.
 *
 * <p>The entropy of an estimated mean is biased low, by {@code 1/(2T) sum_c Var_c / E_c} in the
 * first order (the delta method, as in Miller and Madow's correction, 1955). Where the samples are
 * independent that is added, so that few samples tell no less than many; so I is then greater than
 * the difference of the two entropies beside it. Dependent samples have a mean so much better that
 * the correction would overshoot; nothing is added.
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
  double of(Moments samples, int row) {
    double information = samples.predictiveEntropy(row) - samples.expectedEntropy(row);
    double corrected = information + (samples.areIndependent() ? correction(samples, row) : 0);
    return Math.min(Math.max(0, corrected), Math.log(samples.units()));
  }

  private static double correction(Moments samples, int row) {
    double sum = 0;
    for (int unit = 0; unit < samples.units(); unit++) {
      double variance = samples.variance(row, unit);
      sum += variance == 0 ? 0 : variance / samples.mean(row, unit);
    }
    return sum / (2.0 * samples.samples(row));
  }
}
