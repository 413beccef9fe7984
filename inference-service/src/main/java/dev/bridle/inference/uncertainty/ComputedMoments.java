package dev.bridle.inference.uncertainty;

import java.util.Arrays;

/**
 * Moments that were computed and not sampled: their mean has no standard error, and nothing that is
 * estimated of them depends on luck.
 *
 * @param points at which a row was evaluated; 0 where none were needed
 * @param means [rows, units] row-major
 * @param variances as the means
 * @param entropies E[H y] of each row, in nats
 * @param votes as the means, shares of the points
 */
public record ComputedMoments(
    int rows,
    int units,
    int points,
    double[] means,
    double[] variances,
    double[] entropies,
    double[] votes)
    implements Moments {
  /** Of {@link OutputKind#VALUES}, which have no entropy and are voted for by nobody: NaN. */
  public static ComputedMoments ofValues(int rows, int units, double[] means, double[] variances) {
    return new ComputedMoments(
        rows, units, 0, means, variances, nothing(rows), nothing(rows * units));
  }

  private static double[] nothing(int count) {
    double[] nothing = new double[count];
    Arrays.fill(nothing, Double.NaN);
    return nothing;
  }

  @Override
  public int samples(int row) {
    return points;
  }

  /** The corrections that independent samples need don't apply. */
  @Override
  public boolean areIndependent() {
    return false;
  }

  @Override
  public double mean(int row, int unit) {
    return means[row * units + unit];
  }

  @Override
  public double variance(int row, int unit) {
    return variances[row * units + unit];
  }

  @Override
  public double meanVariance(int row, int unit) {
    return 0;
  }

  @Override
  public double expectedEntropy(int row) {
    return entropies[row];
  }

  /** NaN: there are no labels among them. */
  @Override
  public double expectedEntropy(int row, int unit) {
    return Double.NaN;
  }

  @Override
  public double votes(int row, int unit) {
    return votes[row * units + unit];
  }
}
