package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Warns when the variance of the activations differs much between layers as training begins.
 *
 * <p>Unhealthy iff the largest activationVariance/layer is more than maxRatio times the smallest.
 * Epochs with fewer than two layers, or a variance of NaN or infinity, are passed over; a smallest
 * of 0 makes the ratio infinite, or NaN and healthy if all are 0. Raised only up to lastEpoch:
 * later on it is no longer the initialization's doing. Resolved by any epoch within the limit.
 *
 * <p>Source: PoorWeightInitialization of Amazon SageMaker Debugger: ratio 10.
 */
public final class PoorInitialization implements Rule<Alarm> {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "poorInitialization",
          false,
          "Warns when the variance of the activations differs much between layers at first.",
          List.of(
              Setting.number("maxRatio", 10, 0, "The largest variance by the smallest, at most."),
              Setting.wholeNumber("lastEpoch", 5, 1, "Later epochs raise nothing.")),
          Alarm.class,
          PoorInitialization::new);

  private final double maxRatio;
  private final int lastEpoch;

  private PoorInitialization(Settings settings) {
    maxRatio = settings.number("maxRatio");
    lastEpoch = settings.wholeNumber("lastEpoch");
  }

  @Override
  public Alarm initial() {
    return Alarm.QUIET;
  }

  @Override
  public Judged<Alarm> judge(Alarm alarm, EpochCompleted epoch) {
    return epoch.epoch() <= lastEpoch || alarm.raised(1)
        ? alarm.after(checkup(epoch), 1)
        : Judged.keepTraining(alarm);
  }

  private Checkup checkup(EpochCompleted epoch) {
    SortedMap<String, Double> variances =
        Layers.in(epoch, MetricNames.activationVariance("")).values();
    if (variances.size() < 2 || !variances.values().stream().allMatch(Double::isFinite)) {
      return Checkup.notMeasured();
    }
    double largest = Collections.max(variances.values());
    double smallest = Collections.min(variances.values());
    return largest / smallest > maxRatio
        ? Checkup.unhealthy(
            () -> alert(layer(variances, largest), largest, layer(variances, smallest), smallest))
        : Checkup.healthy();
  }

  private static String layer(SortedMap<String, Double> variances, double value) {
    return variances.entrySet().stream()
        .filter(layer -> layer.getValue() == value)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private Verdict.RaiseAlert alert(
      String largestLayer, double largest, String smallestLayer, double smallest) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Poor initialization: activations vary by %s in layer %s, by %s in layer %s"
            .formatted(Texts.number(largest), largestLayer, Texts.number(smallest), smallestLayer),
        Map.of(
            MetricNames.activationVariance(largestLayer),
            largest,
            MetricNames.activationVariance(smallestLayer),
            smallest,
            "ratio",
            largest / smallest,
            "maxRatio",
            maxRatio),
        "Use He initialization for ReLU, Xavier for tanh and sigmoid, or batch normalization.");
  }
}
