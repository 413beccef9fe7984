package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;

/**
 * Warns when a layer's gradients are next to nothing: the layers before it no longer learn.
 *
 * <p>Unhealthy iff gradientNorm/layer &lt; minNorm. NaN and infinity are not vanishing. The alert
 * names the layers; it is resolved when no layer's gradients vanish.
 *
 * <p>Source: VanishingGradient of Amazon SageMaker Debugger, whose 1e-7 bounds the mean |gradient|;
 * the norm is larger than that mean, so this rule warns of fewer layers.
 */
public final class VanishingGradient {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "vanishingGradient",
          false,
          "Warns when a layer's gradients are next to nothing.",
          List.of(
              Setting.number("minNorm", 1e-7, 0, "The norm has to be at least this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          VanishingGradient::rule);

  private VanishingGradient() {}

  private static Rule<Alarm> rule(Settings settings) {
    double minNorm = settings.number("minNorm");
    return new EpochCheck(
        settings,
        epoch ->
            Layers.in(epoch, MetricNames.gradientNorm(""))
                .unless(
                    norm -> norm < minNorm,
                    Severity.WARNING,
                    "Vanishing gradient",
                    Map.of("minNorm", minNorm),
                    "Use ReLU, He initialization or batch normalization, weaken weight decay, or"
                        + " take layers away."));
  }
}
