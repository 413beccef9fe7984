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
 * @param expiresAt when it no longer matters
 * @param standing what came of it
 * @param answer the trainer's, once it has answered
 * @param answeredAt when it did
 */
public record DecisionView(
    SignalId id,
    int epoch,
    String rule,
    ControlSignal signal,
    String reason,
    Map<String, Double> evidence,
    Instant time,
    Instant expiresAt,
    Standing standing,
    Optional<Acknowledgement> answer,
    Optional<Instant> answeredAt) {

  /** What came of a signal: the trainer's answer, or that there is none. */
  public enum Standing {
    WAITING,
    APPLIED,
    REFUSED,
    TOO_LATE,
    /** An answer that a newer trainer knows. */
    UNRECOGNIZED,
    /** It expired without an answer. */
    UNANSWERED;

    private static Standing of(SignalIssued signal, Optional<Acknowledgement> answer, Instant now) {
      if (answer.isEmpty()) {
        return now.isBefore(signal.expiresAt()) ? WAITING : UNANSWERED;
      } else if (answer.get() instanceof Acknowledgement.Applied) {
        return APPLIED;
      } else if (answer.get() instanceof Acknowledgement.Refused) {
        return REFUSED;
      }
      return answer.get() instanceof Acknowledgement.TooLate ? TOO_LATE : UNRECOGNIZED;
    }
  }

  static DecisionView of(SignalIssued event, Optional<SignalAcknowledged> answered, Instant now) {
    Optional<Acknowledgement> answer = answered.map(SignalAcknowledged::answer);
    return new DecisionView(
        event.id(),
        event.epoch(),
        event.rule(),
        event.signal(),
        event.reason(),
        event.evidence(),
        event.time(),
        event.expiresAt(),
        Standing.of(event, answer, now),
        answer,
        answered.map(SignalAcknowledged::time));
  }
}
