package dev.bridle.events;

/** About a run, which is the record's key and the event's subject. */
public sealed interface TrainingEvent extends Event
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

  @Override
  default String subject() {
    return run().value();
  }
}
