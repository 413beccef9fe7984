package dev.bridle.events;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Training is over, whatever the cause; no epoch of this attempt follows.
 *
 * @param lastEpoch the last epoch that was trained; 0 if none was
 * @param bestEpoch the epoch whose weights were restored; empty if none was validated
 */
public record RunEnded(
    RunId run,
    int attempt,
    int lastEpoch,
    OptionalInt bestEpoch,
    TrainingOutcome outcome,
    Instant time)
    implements TrainingEvent {
  public RunEnded {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("lastEpoch", 0, lastEpoch);
    Require.present("bestEpoch", bestEpoch);
    Require.present("outcome", outcome);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/ended";
  }
}
