package dev.bridle.monitor.rule;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a health rule found in one epoch.
 *
 * @param measured whether the epoch has what the rule watches; without it nothing changes
 * @param alert what to say if this lasts, written only when it is said; empty where nothing is
 *     wrong
 */
record Checkup(boolean measured, Optional<Supplier<Verdict.RaiseAlert>> alert) {
  private static final Checkup NOT_MEASURED = new Checkup(false, Optional.empty());
  private static final Checkup HEALTHY = new Checkup(true, Optional.empty());

  static Checkup notMeasured() {
    return NOT_MEASURED;
  }

  static Checkup healthy() {
    return HEALTHY;
  }

  static Checkup unhealthy(Supplier<Verdict.RaiseAlert> alert) {
    return new Checkup(true, Optional.of(alert));
  }
}
