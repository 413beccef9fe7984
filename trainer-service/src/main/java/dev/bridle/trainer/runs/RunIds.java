package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Predicate;

/** Names runs after their spec's name and the time of their submission. */
final class RunIds {
  private static final int LONGEST_NAME = 40;
  private static final int BASE = 36;

  private final Clock clock;

  RunIds(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param name letters, digits, dots, underscores, hyphens, the first a letter or a digit
   * @param isTaken whether a run has that id already
   */
  RunId next(String name, Predicate<RunId> isTaken) {
    String prefix =
        name.toLowerCase(Locale.ROOT).substring(0, Math.min(name.length(), LONGEST_NAME));
    long moment = clock.millis();
    RunId id = id(prefix, moment);
    while (isTaken.test(id)) {
      id = id(prefix, ++moment);
    }
    return id;
  }

  private static RunId id(String prefix, long moment) {
    return new RunId(prefix + "-" + Long.toString(moment, BASE));
  }
}
