package dev.bridle.inference.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment after which no more samples should be drawn. */
public interface Deadline {
  /** There is none. */
  Deadline NONE = () -> false;

  boolean isOver();

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  static Deadline in(Duration time, LongSupplier nanos) {
    long end = nanos.getAsLong() + time.toNanos();
    return () -> nanos.getAsLong() - end >= 0;
  }
}
