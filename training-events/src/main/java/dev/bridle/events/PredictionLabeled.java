package dev.bridle.events;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The truth of an answer that a served model gave before.
 *
 * @param id the answer's
 * @param output the one that the truth is of; empty for the answer's first
 * @param labels finite: class numbers from 0, one a row of probabilities, or else values, one for
 *     each number of the output
 */
public record PredictionLabeled(
    String model, String id, Optional<String> output, List<Double> labels, Instant time)
    implements ServingEvent {
  public PredictionLabeled {
    Require.model(model);
    Require.present("id", id);
    output = output == null ? Optional.empty() : output;
    for (Double label : Require.notEmpty("labels", labels)) {
      if (label == null || !Double.isFinite(label)) {
        throw new IllegalArgumentException("labels should be finite numbers: one was " + label);
      }
    }
    labels = List.copyOf(labels);
    Require.present("time", time);
  }

  /** An answer has one truth, however often it is said. */
  @Override
  public String identity() {
    return model + "/" + id + "/labels" + output.map(name -> "/" + name).orElse("");
  }
}
