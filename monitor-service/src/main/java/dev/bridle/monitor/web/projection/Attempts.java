package dev.bridle.monitor.web.projection;

import dev.bridle.events.AttemptStarted;
import java.util.Optional;
import java.util.TreeMap;

/** Which epochs of a run count: a later attempt supersedes what lies beyond its resumed epoch. */
final class Attempts {
  private final TreeMap<Integer, AttemptStarted> started = new TreeMap<>();
  private int newest = 1;

  /** Notes that the attempt exists. */
  void seen(int attempt) {
    newest = Math.max(newest, attempt);
  }

  /** The highest attempt that any event spoke of. */
  int newest() {
    return newest;
  }

  /** Whether it was news. */
  boolean add(AttemptStarted event) {
    return started.putIfAbsent(event.attempt(), withoutPolicy(event)) == null;
  }

  /** Null before the first. */
  AttemptStarted newestStarted() {
    return started.isEmpty() ? null : started.lastEntry().getValue();
  }

  boolean superseded(int attempt, int epoch) {
    for (AttemptStarted later : started.tailMap(attempt, false).values()) {
      if (epoch > later.resumedFromEpoch()) {
        return true;
      }
    }
    return false;
  }

  /** The policy is much larger than the rest, and not what is asked here. */
  private static AttemptStarted withoutPolicy(AttemptStarted event) {
    return new AttemptStarted(
        event.run(),
        event.attempt(),
        event.resumedFromEpoch(),
        event.name(),
        event.experiment(),
        event.plannedEpochs(),
        Optional.empty(),
        event.time());
  }
}
