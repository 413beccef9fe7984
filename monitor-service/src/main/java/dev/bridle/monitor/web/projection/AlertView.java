package dev.bridle.monitor.web.projection;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalId;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Something unhealthy that a rule saw.
 *
 * @param epoch after which the rule judged
 * @param remedy what to try; may be empty
 * @param resolvedAtEpoch the epoch after which it no longer held
 */
public record AlertView(
    SignalId id,
    int epoch,
    String rule,
    Severity severity,
    String message,
    Map<String, Double> evidence,
    String remedy,
    Instant time,
    OptionalInt resolvedAtEpoch) {
  static AlertView of(AlertRaised event, AlertResolved resolved) {
    return new AlertView(
        event.id(),
        event.epoch(),
        event.rule(),
        event.severity(),
        event.message(),
        event.evidence(),
        event.remedy(),
        event.time(),
        resolved == null ? OptionalInt.empty() : OptionalInt.of(resolved.epoch()));
  }
}
