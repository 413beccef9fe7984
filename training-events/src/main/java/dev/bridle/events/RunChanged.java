package dev.bridle.events;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run entered a phase. The newest of them per run is the run's state: its topic is compacted.
 *
 * @param name what its owner calls the run
 * @param experiment groups the runs that are to be compared
 * @param plannedEpochs how many epochs it trains unless it is stopped
 * @param bestEpoch the epoch with the lowest validation loss so far
 * @param reason why it is in this phase, where that isn't plain: a failure, an early stop
 */
public record RunChanged(
    RunId run,
    int attempt,
    String name,
    String experiment,
    Phase phase,
    int plannedEpochs,
    OptionalInt bestEpoch,
    Optional<String> reason,
    Instant time)
    implements TrainingEvent {
  public RunChanged {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.text("name", name);
    Require.text("experiment", experiment);
    Require.present("phase", phase);
    Require.atLeast("plannedEpochs", 1, plannedEpochs);
    Require.present("bestEpoch", bestEpoch);
    Require.present("reason", reason);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/" + phase;
  }
}
