package dev.bridle.events;

import java.time.Instant;

/**
 * The trainer puts the run aside, for its owner or because it shuts down: its silence is no stall.
 * No epoch of this attempt follows; a later attempt may go on.
 *
 * @param lastEpoch the last epoch that was trained; 0 if none was
 * @param reason whose wish it is
 */
public record AttemptSuspended(RunId run, int attempt, int lastEpoch, String reason, Instant time)
    implements TrainingEvent {
  public AttemptSuspended {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("lastEpoch", 0, lastEpoch);
    Require.text("reason", reason);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/suspended";
  }
}
