package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;

/**
 * Warns when a layer drops more of its units than it keeps.
 *
 * <p>Unhealthy iff dropout/layer &gt; maxRate, or isn't a rate: negative or NaN. The alert names
 * the layers; it is resolved when every layer's rate is within the limit.
 *
 * <p>Source: UMLAUT (Schoop, Huang and Hartmann, CHI 2021): dropout above 0.5.
 */
public final class DropoutRange {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "dropoutRange",
          false,
          "Warns when a layer drops more of its units than it keeps.",
          List.of(
              Setting.number("maxRate", 0.5, 0, "The rate must not be larger than this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          DropoutRange::rule);

  private DropoutRange() {}

  private static Rule<Alarm> rule(Settings settings) {
    double maxRate = settings.number("maxRate");
    return new EpochCheck(
        settings,
        epoch ->
            Layers.in(epoch, MetricNames.dropout(""))
                .unless(
                    rate -> !(rate >= 0 && rate <= maxRate),
                    Severity.WARNING,
                    "Dropout out of range",
                    Map.of("maxRate", maxRate),
                    "Lower dropout to at most %s, and regularize by weight decay or early stopping"
                            .formatted(Texts.number(maxRate))
                        + " too if the run overfits."));
  }
}
