package dev.bridle.events;

import java.time.Instant;

/** Anything that Bridle says on Kafka. */
public sealed interface Event permits TrainingEvent, ServingEvent {
  /** Whom it is about: the record's key, and the CloudEvent's subject. */
  String subject();

  /** When it happened, by the clock of who says so. */
  Instant time();

  /**
   * Derived from what happened, never drawn: an event that is sent twice has the same identity, so
   * that readers recognize the repetition.
   */
  String identity();
}
