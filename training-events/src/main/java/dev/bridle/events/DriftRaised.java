package dev.bridle.events;

import java.time.Instant;

/**
 * The uncertainty of a served model's answers no longer is what it was on the rows that the model
 * was calibrated with.
 *
 * @param version of the model, counted from 1
 * @param output whose uncertainty it is
 * @param measure such as {@code predictive_entropy}
 * @param distance between the two empirical distribution functions, their greatest: 0 to 1
 * @param pValue of so great a distance or a greater one, if nothing had changed
 * @param rows the last ones answered, that were compared
 * @param referenceRows the calibration's
 * @param risen whether answers became less certain
 */
public record DriftRaised(
    String model,
    long version,
    String output,
    String measure,
    double distance,
    double pValue,
    int rows,
    int referenceRows,
    boolean risen,
    Instant time)
    implements ServingEvent {
  public DriftRaised {
    Require.model(model);
    Require.atLeast("version", 1, version);
    Require.text("output", output);
    Require.text("measure", measure);
    Require.share("distance", distance);
    Require.share("pValue", pValue);
    Require.atLeast("rows", 1, rows);
    Require.atLeast("referenceRows", 1, referenceRows);
    Require.present("time", time);
  }

  @Override
  public String identity() {
    return model + "/" + version + "/" + output + "/" + measure + "/" + time;
  }
}
