package dev.bridle.inference.uncertainty;

/**
 * Folds the samples of one output into its moments, in memory of [rows, units] whatever their
 * number. Each row is a fold of its own over its samples in their order, so its bits don't depend
 * on the rows beside it.
 *
 * <p>Mean and variance by Welford's recurrence (Technometrics 4(3), 1962): {@code m += (x - m)/t; s
 * += (x - m_before)(x - m)}, in double precision. NaN in a sample makes its unit's moments, and its
 * row's entropies, NaN.
 */
public final class SampleAccumulator {
  private final int rows;
  private final int units;
  private final double[] mean;
  private final double[] squares;
  private final double[] entropy;
  private final int[] samples;

  /**
   * @param rows B, the rows of the request
   * @param units C, the numbers in one row: classes, or values of any shape
   */
  public SampleAccumulator(int rows, int units) {
    this.rows = rows;
    this.units = units;
    this.mean = new double[rows * units];
    this.squares = new double[rows * units];
    this.entropy = new double[rows];
    this.samples = new int[rows];
  }

  /** Adds the row's next sample, {@code values[offset .. offset + units)}. */
  public void add(int row, float[] values, int offset) {
    int count = ++samples[row];
    double rowEntropy = 0;
    for (int unit = 0; unit < units; unit++) {
      double value = values[offset + unit];
      int at = row * units + unit;
      double before = value - mean[at];
      mean[at] += before / count;
      squares[at] += before * (value - mean[at]);
      rowEntropy -= Entropy.term(value);
    }
    entropy[row] += (rowEntropy - entropy[row]) / count;
  }

  public int rows() {
    return rows;
  }

  public int units() {
    return units;
  }

  /** T, the samples that the row has seen. */
  public int samples(int row) {
    return samples[row];
  }

  /** E[y], the mean over the row's samples. */
  public double mean(int row, int unit) {
    return mean[row * units + unit];
  }

  /**
   * The unbiased estimate of Var[y], {@code sum (y_t - mean)^2 / (T - 1)}; 0 for a single sample,
   * which shows no spread.
   */
  public double variance(int row, int unit) {
    return samples[row] < 2 ? 0 : squares[row * units + unit] / (samples[row] - 1);
  }

  /** H[E p] of the row, in nats; for a {@link OutputKind#DISTRIBUTION}. */
  public double predictiveEntropy(int row) {
    double sum = 0;
    for (int unit = 0; unit < units; unit++) {
      sum -= Entropy.term(mean(row, unit));
    }
    return sum;
  }

  /** E[H p] over the row's samples, in nats; for a {@link OutputKind#DISTRIBUTION}. */
  public double expectedEntropy(int row) {
    return entropy[row];
  }
}
