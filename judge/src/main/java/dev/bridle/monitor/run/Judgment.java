package dev.bridle.monitor.run;

import dev.bridle.events.TrainingEvent;
import java.util.List;

/**
 * What an event made of a run.
 *
 * @param state the run's next state
 * @param decisions the signals and alerts that are to be published, in order
 */
public record Judgment(RunState state, List<TrainingEvent> decisions, Intake intake) {
  /** What became of the event itself. */
  public enum Intake {
    ACCEPTED,
    /** An epoch that was taken in before. */
    DUPLICATE,
    /** An epoch behind a later one: retained, not judged. */
    LATE,
    /** Of an attempt that another has taken over. */
    SUPERSEDED
  }

  public Judgment {
    decisions = List.copyOf(decisions);
  }

  static Judgment unchanged(RunState state, Intake intake) {
    return new Judgment(state, List.of(), intake);
  }
}
