package dev.bridle.inference.protocol;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.bridle.inference.engine.ServableModel;
import java.util.concurrent.TimeUnit;

/**
 * How long models take for a row, plainly, as they were seen at work: the mean of late runs, the
 * latest counting an eighth. Thread-safe.
 */
final class Paces {
  /** The longest that an event loop may compute while others wait for it. */
  static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final double WEIGHT = 1.0 / 8;

  /** Models that are served no longer leave nothing behind. */
  private final LoadingCache<ServableModel, Pace> paces =
      Caffeine.newBuilder().weakKeys().build(model -> new Pace());

  /** Two runs that end together may count as one. */
  private static final class Pace {
    private volatile double nanosOfRow = Double.NaN;
  }

  /**
   * Whether so many rows are known to take no longer than a millisecond. Never of a model that
   * hasn't run yet, or one whose rows aren't taken one by one: there more rows, or larger ones, may
   * take any time.
   */
  boolean areQuick(ServableModel model, int rows) {
    return model.takesRowsOneByOne() && paces.get(model).nanosOfRow * rows <= LONGEST_NANOS;
  }

  /**
   * Called after a run that a request took part in. One that took longer than an event loop may
   * counts no more than twice that, so that a pause of the machine is soon forgotten.
   */
  void ran(Computation computation, Computation.Result result) {
    if (!computation.isPlain()) {
      return;
    }
    Pace pace = paces.get(computation.model());
    double seen = (double) Math.min(result.nanos(), 2 * LONGEST_NANOS) / Math.max(1, result.rows());
    double known = pace.nanosOfRow;
    pace.nanosOfRow = Double.isNaN(known) ? seen : known + WEIGHT * (seen - known);
  }
}
