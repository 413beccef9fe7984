package dev.bridle.events;

import java.time.Instant;

/**
 * A trainer's answer to one signal.
 *
 * @param signal the id of the signal that is answered
 * @param answer applied, refused or too late
 */
public record SignalAcknowledged(
    SignalId signal, RunId run, int attempt, Acknowledgement answer, Instant time)
    implements TrainingEvent {
  public SignalAcknowledged {
    Require.present("signal", signal);
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.present("answer", answer);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return signal + "/acknowledged";
  }
}
