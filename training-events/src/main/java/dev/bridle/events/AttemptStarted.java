package dev.bridle.events;

import java.time.Instant;
import java.util.Optional;

/**
 * A trainer begins, resumes or takes over a run. Epochs of lower attempts that arrive later are
 * superseded; decisions up to {@code resumedFromEpoch} stand.
 *
 * @param resumedFromEpoch the last epoch that still counts; 0 when the run starts from scratch
 * @param name what its owner calls the run
 * @param experiment groups the runs that are to be compared
 * @param plannedEpochs how many epochs it trains unless it is stopped
 * @param policy the rules to judge it by; empty for the monitor's default
 */
public record AttemptStarted(
    RunId run,
    int attempt,
    int resumedFromEpoch,
    String name,
    String experiment,
    int plannedEpochs,
    Optional<PolicySpec> policy,
    Instant time)
    implements TrainingEvent {
  public AttemptStarted {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("resumedFromEpoch", 0, resumedFromEpoch);
    Require.text("name", name);
    Require.text("experiment", experiment);
    Require.atLeast("plannedEpochs", 1, plannedEpochs);
    Require.present("policy", policy);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/started";
  }
}
