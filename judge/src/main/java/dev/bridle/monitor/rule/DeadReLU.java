package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;

/**
 * Warns when most units of a layer are zero whatever the input.
 *
 * <p>Unhealthy iff deadShare/layer &gt; maxShare. NaN is no dead share. The alert names the layers;
 * it is resolved when no layer is above the limit.
 *
 * <p>Source: DeadRelu of Amazon SageMaker Debugger: more than 50 % of a layer's units active on
 * less than 1 % of the inputs; deadShare counts the units that are active on none.
 */
public final class DeadReLU {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "deadReLU",
          false,
          "Warns when most units of a layer are zero whatever the input.",
          List.of(
              Setting.number("maxShare", 0.5, 0, "The dead share must not be larger than this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          DeadReLU::rule);

  private DeadReLU() {}

  private static Rule<Alarm> rule(Settings settings) {
    double maxShare = settings.number("maxShare");
    return new EpochCheck(
        settings,
        epoch ->
            Layers.in(epoch, MetricNames.deadShare(""))
                .unless(
                    share -> share > maxShare,
                    Severity.WARNING,
                    "Dead units",
                    Map.of("maxShare", maxShare),
                    "Lower the learning rate, use leaky ReLU or He initialization, or weaken L1"
                        + " penalties."));
  }
}
