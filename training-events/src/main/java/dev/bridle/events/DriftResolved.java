package dev.bridle.events;

import java.time.Instant;

/**
 * A drift is over: the uncertainty is as it was again, or the model is calibrated anew or replaced.
 *
 * @param drift the identity of the {@link DriftRaised} that it ends
 */
public record DriftResolved(
    String drift, String model, long version, String output, String measure, Instant time)
    implements ServingEvent {
  public DriftResolved {
    Require.text("drift", drift);
    Require.model(model);
    Require.atLeast("version", 1, version);
    Require.text("output", output);
    Require.text("measure", measure);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return drift + "/resolved";
  }
}
