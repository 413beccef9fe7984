package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.util.List;

/** The heads that an epoch speaks of. */
final class Heads {
  private Heads() {}

  /**
   * Those that have a metric, by name.
   *
   * @param suffix the metric's name behind the head's: {@code /accuracy}
   */
  static List<String> with(EpochCompleted epoch, String suffix) {
    return epoch.metrics().keySet().stream()
        .filter(name -> name.endsWith(suffix) && name.length() > suffix.length())
        .map(name -> name.substring(0, name.length() - suffix.length()))
        .toList();
  }
}
