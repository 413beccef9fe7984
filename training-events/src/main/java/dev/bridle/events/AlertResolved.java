package dev.bridle.events;

import java.time.Instant;

/**
 * What an alert saw no longer holds.
 *
 * @param alert the id of the alert that ends
 * @param epoch the epoch after which it ended
 */
public record AlertResolved(
    SignalId alert, RunId run, int attempt, int epoch, String rule, Instant time)
    implements TrainingEvent {
  public AlertResolved {
    Require.present("alert", alert);
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("epoch", 0, epoch);
    Require.text("rule", rule);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return alert + "/resolved";
  }
}
