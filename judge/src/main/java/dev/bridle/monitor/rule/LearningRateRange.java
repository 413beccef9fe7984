package dev.bridle.monitor.rule;

import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when the learning rate is outside the usual range.
 *
 * <p>Unhealthy iff not minRate &lt;= learningRate &lt;= maxRate; NaN is outside. Resolved when the
 * rate is inside again.
 *
 * <p>Source: UMLAUT (Schoop, Huang and Hartmann, CHI 2021): [1e-7, 1e-2].
 */
public final class LearningRateRange {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "learningRateRange",
          false,
          "Warns when the learning rate is outside the usual range.",
          List.of(
              Setting.number("minRate", 1e-7, 0, "The rate has to be at least this."),
              Setting.number("maxRate", 1e-2, 0, "The rate must not be larger than this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          LearningRateRange::rule);

  private LearningRateRange() {}

  private static Rule<Alarm> rule(Settings settings) {
    double minRate = settings.number("minRate");
    double maxRate = settings.number("maxRate");
    return new EpochCheck(
        settings,
        epoch -> {
          OptionalDouble measured = epoch.metric(MetricNames.LEARNING_RATE);
          if (measured.isEmpty()) {
            return Checkup.notMeasured();
          }
          double rate = measured.getAsDouble();
          return rate >= minRate && rate <= maxRate
              ? Checkup.healthy()
              : Checkup.unhealthy(() -> alert(rate, minRate, maxRate));
        });
  }

  private static Verdict.RaiseAlert alert(double rate, double minRate, double maxRate) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Learning rate %s is outside [%s, %s]"
            .formatted(Texts.number(rate), Texts.number(minRate), Texts.number(maxRate)),
        Map.of("learningRate", rate, "minRate", minRate, "maxRate", maxRate),
        rate < minRate
            ? "Raise the learning rate, or let early stopping end the run."
            : "Lower the learning rate, or warm it up and clip gradients.");
  }
}
