package dev.bridle.benchmarks.console;

import java.util.List;
import java.util.Map;

/**
 * How smoothly a page was drawn for a while.
 *
 * @param millis between two frames, ascending
 * @param longTasks milliseconds of each task that kept the page busy for more than 50
 * @param busy share of a processor that its main thread took
 */
record Frames(double[] millis, double[] longTasks, double busy) {
  /** As the probe hands them over. */
  static Frames of(Object watched, double busy) {
    Map<?, ?> parts = (Map<?, ?>) watched;
    return new Frames(ascending(parts.get("frames")), ascending(parts.get("tasks")), busy);
  }

  /**
   * @param share from 0 to 1; NaN if nothing was drawn
   */
  double quantile(double share) {
    return millis.length == 0
        ? Double.NaN
        : millis[(int) Math.min(millis.length - 1L, Math.round(share * (millis.length - 1)))];
  }

  /** The share of the frames that came so soon after the one before; NaN if nothing was drawn. */
  double shareWithin(double limitMillis) {
    long within = 0;
    for (double each : millis) {
      within += each <= limitMillis ? 1 : 0;
    }
    return (double) within / millis.length;
  }

  /** 0 where none took 50 ms. */
  double longestTask() {
    return longTasks.length == 0 ? 0 : longTasks[longTasks.length - 1];
  }

  private static double[] ascending(Object numbers) {
    return ((List<?>) numbers)
        .stream().mapToDouble(number -> ((Number) number).doubleValue()).sorted().toArray();
  }
}
