package dev.bridle.benchmarks.bed;

import java.time.Duration;

/** How long work of a known size still takes, at the pace since it was begun or taken up again. */
public final class Pace {
  private final double before;
  private final long start;

  /**
   * @param before the share that was done already, from 0 to 1
   * @param nanos of {@link System#nanoTime()}
   */
  public Pace(double before, long nanos) {
    this.before = before;
    this.start = nanos;
  }

  /** For people; without a time as long as nothing was done. */
  public String sentence(double done, long nanos) {
    String share = "%.0f %% done".formatted(100 * done);
    if (done <= before || done >= 1) {
      return share;
    }
    double left = (nanos - start) * (1 - done) / (done - before);
    return share
        + ", some %d minutes left".formatted(Duration.ofNanos((long) left).toMinutes() + 1);
  }
}
