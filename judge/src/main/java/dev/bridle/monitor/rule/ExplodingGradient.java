package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when a layer's gradients are no longer finite, or larger than a limit.
 *
 * <p>Unhealthy iff gradientNorm/layer is NaN or infinite, or &gt; maxNorm where that is given. The
 * alert names the layers; it is resolved when every layer's gradients are finite and within the
 * limit.
 *
 * <p>Source: ExplodingTensor of Amazon SageMaker Debugger, which warns of NaN and infinity alone.
 */
public final class ExplodingGradient {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "explodingGradient",
          false,
          "Warns when a layer's gradients are no longer finite, or larger than a limit.",
          List.of(
              Setting.optionalNumber("maxNorm", "A finite norm must not be larger than this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          ExplodingGradient::rule);

  private ExplodingGradient() {}

  private static Rule<Alarm> rule(Settings settings) {
    OptionalDouble given = settings.optionalNumber("maxNorm");
    double maxNorm = given.orElse(Double.MAX_VALUE);
    return new EpochCheck(
        settings,
        epoch ->
            Layers.in(epoch, MetricNames.gradientNorm(""))
                .unless(
                    norm -> !(norm <= maxNorm),
                    Severity.CRITICAL,
                    "Exploding gradient",
                    given.isPresent() ? Map.of("maxNorm", maxNorm) : Map.of(),
                    "Clip gradients by their norm, lower the learning rate, or strengthen weight"
                        + " decay."));
  }
}
