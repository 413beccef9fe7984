package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;

/**
 * Warns when most units of a tanh or sigmoid layer are at their limits, where nothing is learned.
 *
 * <p>Unhealthy iff saturatedShare/layer &gt; maxShare. NaN is no saturation. The alert names the
 * layers; it is resolved when no layer is above the limit.
 *
 * <p>Source: SaturatedActivation of Amazon SageMaker Debugger; the metric takes its limits of the
 * input: beyond 9.4999 for tanh, outside (-23, 16.99999) for sigmoid.
 */
public final class SaturatedActivations {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "saturatedActivations",
          false,
          "Warns when most units of a tanh or sigmoid layer are at their limits.",
          List.of(
              Setting.number(
                  "maxShare", 0.5, 0, "The saturated share must not be larger than this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          SaturatedActivations::rule);

  private SaturatedActivations() {}

  private static Rule<Alarm> rule(Settings settings) {
    double maxShare = settings.number("maxShare");
    return new EpochCheck(
        settings,
        epoch ->
            Layers.in(epoch, MetricNames.saturatedShare(""))
                .unless(
                    share -> share > maxShare,
                    Severity.WARNING,
                    "Saturated activations",
                    Map.of("maxShare", maxShare),
                    "Use batch normalization, Xavier initialization or stronger weight decay, or"
                        + " ReLU in their place."));
  }
}
