package dev.bridle.events;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One epoch's measurements.
 *
 * @param epoch counted from 1
 * @param metrics by the names of the {@link MetricVocabulary}; a metric that was not measured in
 *     this epoch is absent; values may be NaN or infinite; names that the vocabulary lacks are
 *     welcome
 */
public record EpochCompleted(
    RunId run, int attempt, int epoch, Map<String, Double> metrics, Instant time)
    implements TrainingEvent {
  public EpochCompleted {
    Require.present("run", run);
    Require.atLeast("attempt", 1, attempt);
    Require.atLeast("epoch", 1, epoch);
    if (!(metrics instanceof Measurements)) {
      Require.present("metrics", metrics)
          .forEach((name, value) -> Require.present("metrics." + name, value));
    }
    Require.notEmpty("metrics", metrics.keySet());
    metrics = Measurements.of(metrics);
    Require.present("time", time);
  }

  /** The metric's value in this epoch, NaN and infinities included; empty if not measured. */
  public OptionalDouble metric(String name) {
    Double value = metrics.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Validation loss minus training loss; the training loss without dropout and noise where the
   * trainer gives it, since a regularized loss is not comparable with the validation loss. Empty
   * where either is absent; NaN where either is NaN.
   */
  public OptionalDouble generalizationGap() {
    OptionalDouble clean = metric(MetricNames.TRAINING_LOSS_CLEAN);
    OptionalDouble training = clean.isPresent() ? clean : metric(MetricNames.TRAINING_LOSS);
    OptionalDouble validation = metric(MetricNames.VALIDATION_LOSS);
    return training.isPresent() && validation.isPresent()
        ? OptionalDouble.of(validation.getAsDouble() - training.getAsDouble())
        : OptionalDouble.empty();
  }

  @Override
  public String identity() {
    return run + "/" + attempt + "/" + epoch;
  }
}
