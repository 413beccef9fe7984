package dev.bridle.inference.uncertainty;

/**
 * What is known of the distribution over sub-networks of one output: B rows of C units each. NaN
 * where a sample held NaN.
 */
public interface Moments {
  /** B. */
  int rows();

  /** C: classes, or values of any shape. */
  int units();

  /** T, the samples that the row has seen. */
  int samples(int row);

  /** Whether they were drawn independently of each other. */
  boolean areIndependent();

  /** E[y]. */
  double mean(int row, int unit);

  /** Var[y] over the sub-networks. */
  double variance(int row, int unit);

  /** The variance of {@link #mean} as an estimate; of dependent samples an upper bound. */
  double meanVariance(int row, int unit);

  /** E[H y] in nats, of a {@link OutputKind#DISTRIBUTION}. */
  double expectedEntropy(int row);

  /** E[H y] in nats of one label, yes or no, of {@link OutputKind#LABELS}; NaN of other kinds. */
  double expectedEntropy(int row, int unit);

  /** The share of the samples whose greatest unit it is; of several the first. */
  double votes(int row, int unit);

  /** H[E y] in nats, of a {@link OutputKind#DISTRIBUTION}. */
  default double predictiveEntropy(int row) {
    double sum = 0;
    for (int unit = 0; unit < units(); unit++) {
      sum -= Entropy.term(mean(row, unit));
    }
    return sum;
  }
}
