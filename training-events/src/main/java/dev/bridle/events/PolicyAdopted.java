package dev.bridle.events;

import java.time.Instant;

/**
 * The monitor judges the run by this policy from an epoch on. The policy is complete: what a rule
 * takes from other runs is frozen in its settings, so that the run's events alone give the same
 * decisions again.
 *
 * @param fromEpoch the first epoch that it judges
 * @param origin who said so
 */
public record PolicyAdopted(
    RunId run, int attempt, int fromEpoch, PolicySpec policy, PolicyOrigin origin, Instant time)
    implements TrainingEvent {
  public PolicyAdopted {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("fromEpoch", 1, fromEpoch);
    Require.present("policy", policy);
    Require.present("origin", origin);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/" + fromEpoch + "/policyAdopted/" + time;
  }
}
