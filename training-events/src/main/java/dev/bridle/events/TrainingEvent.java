package dev.bridle.events;

import java.time.Instant;

/** Anything that Bridle says on Kafka. Its run is the record's key and the event's subject. */
public sealed interface TrainingEvent
    permits RunChanged,
        AttemptStarted,
        AttemptSuspended,
        EpochCompleted,
        RunEnded,
        PolicyChanged,
        PolicyAdopted,
        SignalIssued,
        SignalAcknowledged,
        AlertRaised,
        AlertResolved,
        ModelExported {
  RunId run();

  /** Counted from 1; a run that is resumed or taken over raises it. */
  int attempt();

  /** When it happened, by the clock of the service that says so. */
  Instant time();

  /**
   * Derived from what happened, never drawn: an event that is sent twice has the same identity, so
   * that readers recognize the repetition.
   */
  String identity();
}
