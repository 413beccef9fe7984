package dev.bridle.monitor.web.projection;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A signal to the trainer.
 *
 * @param epoch after which the rule decided
 * @param answer the trainer's, once it has answered
 */
public record DecisionView(
    SignalId id,
    int epoch,
    String rule,
    ControlSignal signal,
    String reason,
    Map<String, Double> evidence,
    Instant time,
    Optional<Acknowledgement> answer) {
  static DecisionView of(SignalIssued event, SignalAcknowledged answer) {
    return new DecisionView(
        event.id(),
        event.epoch(),
        event.rule(),
        event.signal(),
        event.reason(),
        event.evidence(),
        event.time(),
        Optional.ofNullable(answer).map(SignalAcknowledged::answer));
  }
}
