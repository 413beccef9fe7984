package dev.bridle.events;

import java.time.Instant;

/**
 * From the next epoch on the run is to be judged by another policy. It stands among the run's
 * epochs, so that all readers agree on which epoch that is.
 *
 * @param origin who says so: a policy that is in force by a higher one stays
 */
public record PolicyChanged(
    RunId run, int attempt, PolicySpec policy, PolicyOrigin origin, Instant time)
    implements TrainingEvent {
  public PolicyChanged {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.present("policy", policy);
    Require.present("origin", origin);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/policyChanged/" + time;
  }
}
