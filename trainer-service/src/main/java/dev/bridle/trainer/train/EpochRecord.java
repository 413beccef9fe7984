package dev.bridle.trainer.train;

import dev.bridle.events.MetricNames;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one epoch measured.
 *
 * @param epoch counted from 1
 * @param metrics by the vocabulary's names; NaN and infinities stay what they are
 */
public record EpochRecord(int epoch, Map<String, Double> metrics) {
  public EpochRecord {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  public double validationLoss() {
    return metrics.get(MetricNames.VALIDATION_LOSS);
  }

  boolean isFinite() {
    return Double.isFinite(metrics.get(MetricNames.TRAINING_LOSS))
        && Double.isFinite(validationLoss());
  }
}
