package dev.bridle.events;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A served model answered a request.
 *
 * @param version of the model, counted from 1
 * @param sha256 of the model's file, 64 lower-case hexadecimal digits
 * @param id the request's, its caller's to keep apart; labels that come later name it
 * @param samples the sub-networks that were drawn for it; 0 of a deterministic answer
 * @param method how their masks were drawn; empty of a deterministic answer
 * @param seed of the masks; empty of a deterministic answer
 * @param outputs what was answered, by name: predictions, and their uncertainty as {@code
 *     y.predictive_entropy}; texts are left out
 */
public record PredictionMade(
    String model,
    long version,
    String sha256,
    String id,
    int samples,
    Optional<String> method,
    Optional<Long> seed,
    Map<String, Output> outputs,
    Instant time)
    implements ServingEvent {
  /**
   * @param shape rows first
   * @param values row by row; truths of yes and no are 1 and 0
   */
  public record Output(List<Long> shape, List<Double> values) {
    public Output {
      shape = List.copyOf(Require.present("shape", shape));
      values = List.copyOf(Require.present("values", values));
      long size = shape.stream().reduce(1L, (a, b) -> a * b);
      if (size != values.size()) {
        throw new IllegalArgumentException(
            "values should be " + size + ", of shape " + shape + ": were " + values.size());
      }
    }
  }

  public PredictionMade {
    Require.model(model);
    Require.atLeast("version", 1, version);
    Require.sha256(sha256);
    Require.present("id", id);
    Require.atLeast("samples", 0, samples);
    method = method == null ? Optional.empty() : method;
    seed = seed == null ? Optional.empty() : seed;
    outputs = Collections.unmodifiableMap(new TreeMap<>(Require.present("outputs", outputs)));
    Require.present("time", time);
  }

  /** By the time too, since a caller may use an id again. */
  @Override
  public String identity() {
    return model + "/" + version + "/" + id + "/" + time;
  }
}
