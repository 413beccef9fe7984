package dev.bridle.benchmarks.report;

/**
 * A figure of the literature.
 *
 * @param mean over the authors' repetitions
 * @param error its standard error
 */
public record Published(double mean, double error) {
  /**
   * The gap between both intervals of one standard error, where less is better: at most 0 where
   * they overlap or what was found is better.
   */
  public double shortfallOfLess(Interval found) {
    return (found.mean() - found.error()) - (mean + error);
  }

  /** The same where more is better. */
  public double shortfallOfMore(Interval found) {
    return (mean - error) - (found.mean() + found.error());
  }
}
