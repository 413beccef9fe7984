package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;

/**
 * Warns when a layer's updates are far too large or too small for its weights.
 *
 * <p>Unhealthy iff updateRatio/layer &gt; maxRatio or &lt; minRatio. Infinity is too large; NaN,
 * which 0/0 gives, is neither. The alert names the layers; it is resolved when every layer's ratio
 * is within the limits.
 *
 * <p>Source: WeightUpdateRatio of Amazon SageMaker Debugger: &gt; 10 or &lt; 1e-8.
 */
public final class WeightUpdateRatio {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "weightUpdateRatio",
          false,
          "Warns when a layer's updates are far too large or too small for its weights.",
          List.of(
              Setting.number("maxRatio", 10, 0, "The ratio must not be larger than this."),
              Setting.number("minRatio", 1e-8, 0, "The ratio has to be at least this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          WeightUpdateRatio::rule);

  private WeightUpdateRatio() {}

  private static Rule<Alarm> rule(Settings settings) {
    double maxRatio = settings.number("maxRatio");
    double minRatio = settings.number("minRatio");
    return new EpochCheck(
        settings,
        epoch ->
            Layers.in(epoch, MetricNames.updateRatio(""))
                .unless(
                    ratio -> ratio > maxRatio || ratio < minRatio,
                    Severity.WARNING,
                    "Updates out of proportion to the weights",
                    Map.of("maxRatio", maxRatio, "minRatio", minRatio),
                    "Lower the learning rate or clip gradients if the ratio is large; raise it or"
                        + " weaken weight decay if it is small."));
  }
}
