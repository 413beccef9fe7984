package dev.bridle.monitor.web.projection;

import dev.bridle.events.EpochCompleted;
import java.util.Map;

/**
 * One epoch that counts.
 *
 * @param epoch counted from 1
 * @param metrics by name; values may be NaN or infinite
 */
public record EpochView(int epoch, Map<String, Double> metrics) {
  static EpochView of(EpochCompleted event) {
    return new EpochView(event.epoch(), event.metrics());
  }
}
