package dev.bridle.events;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** How training ended. A stop is a result, not an error. */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.NAME,
    property = "kind",
    defaultImpl = TrainingOutcome.Unrecognized.class)
@JsonSubTypes({
  @Type(value = TrainingOutcome.Completed.class, name = "completed"),
  @Type(value = TrainingOutcome.StoppedEarly.class, name = "stoppedEarly"),
  @Type(value = TrainingOutcome.Diverged.class, name = "diverged"),
  @Type(value = TrainingOutcome.Cancelled.class, name = "cancelled"),
  @Type(value = TrainingOutcome.Failed.class, name = "failed")
})
public sealed interface TrainingOutcome {
  /** Every planned epoch was trained. */
  record Completed() implements TrainingOutcome {}

  /** A stop signal was obeyed. */
  record StoppedEarly(SignalId signal, String rule, String reason) implements TrainingOutcome {
    public StoppedEarly {
      Require.present("outcome.signal", signal);
      Require.text("outcome.rule", rule);
      Require.text("outcome.reason", reason);
    }
  }

  /** The loss stopped being a finite number. */
  record Diverged(int epoch) implements TrainingOutcome {
    public Diverged {
      Require.atLeast("outcome.epoch", 1, epoch);
    }
  }

  /** Its owner ended it. */
  record Cancelled() implements TrainingOutcome {}

  /** It could not go on. */
  record Failed(String reason) implements TrainingOutcome {
    public Failed {
      Require.text("outcome.reason", reason);
    }
  }

  /** An outcome that a newer version knows. */
  record Unrecognized(Optional<String> reason) implements TrainingOutcome {}
}
