package dev.bridle.benchmarks.uci;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Settings with the log-likelihood that the choosing rows gave them.
 *
 * @param rate of both dropouts
 * @param tau the precision of the noise, in 1 / unit^2 of the target
 * @param epochs after which the choosing rows' error was least
 */
record Choice(double rate, double tau, int epochs, double logLikelihood) {
  static final List<Double> RATES = List.of(0.005, 0.01, 0.05, 0.1);
  static final List<Double> TAUS =
      List.of(0.0125, 0.025, 0.0375, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4);

  /** The greatest log-likelihood. */
  static Choice best(Collection<Choice> all) {
    return all.stream().max(Comparator.comparingDouble(Choice::logLikelihood)).orElseThrow();
  }

  /** The best precision for these samples. */
  static Choice of(double rate, int epochs, float[] samples, double[] truth) {
    return best(
        TAUS.stream()
            .map(tau -> new Choice(rate, tau, epochs, Likelihood.of(samples, truth, tau)))
            .toList());
  }
}
