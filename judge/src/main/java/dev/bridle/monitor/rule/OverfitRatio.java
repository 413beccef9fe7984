package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when the validation loss exceeds the training loss by more than a share of it.
 *
 * <p>Unhealthy iff (validation loss - training loss) / training loss &gt; maxRatio, with the clean
 * training loss where the trainer gives it. An infinite ratio is; NaN isn't. An epoch whose
 * training loss is 0 or less has no ratio and is passed over. Resolved when the ratio is within the
 * limit.
 *
 * <p>Source: Overfit of Amazon SageMaker Debugger: 0.1, patience 1. It warns on most runs whose
 * training loss nears 0; {@code generalizationGap} has an absolute limit too.
 */
public final class OverfitRatio {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "overfitRatio",
          false,
          "Warns when the validation loss exceeds the training loss by more than a share of it.",
          List.of(
              Setting.number("maxRatio", 0.1, 0, "The ratio must not be larger than this."),
              EpochCheck.PATIENCE),
          Alarm.class,
          OverfitRatio::rule);

  private OverfitRatio() {}

  private static Rule<Alarm> rule(Settings settings) {
    double maxRatio = settings.number("maxRatio");
    return new EpochCheck(settings, epoch -> checkup(epoch, maxRatio));
  }

  private static Checkup checkup(EpochCompleted epoch, double maxRatio) {
    OptionalDouble gap = epoch.generalizationGap();
    if (gap.isEmpty()) {
      return Checkup.notMeasured();
    }
    double validationLoss = epoch.metric(MetricNames.VALIDATION_LOSS).getAsDouble();
    double trainingLoss =
        epoch
            .metric(MetricNames.TRAINING_LOSS_CLEAN)
            .orElseGet(() -> epoch.metric(MetricNames.TRAINING_LOSS).getAsDouble());
    if (trainingLoss <= 0) {
      return Checkup.notMeasured();
    }
    double ratio = gap.getAsDouble() / trainingLoss;
    return ratio > maxRatio
        ? Checkup.unhealthy(
            () ->
                new Verdict.RaiseAlert(
                    Severity.WARNING,
                    "Overfitting: validation loss %s exceeds training loss %s by %s of it"
                        .formatted(
                            Texts.number(validationLoss),
                            Texts.number(trainingLoss),
                            Texts.number(ratio)),
                    Map.of(
                        "ratio", ratio,
                        "validationLoss", validationLoss,
                        "trainingLoss", trainingLoss,
                        "maxRatio", maxRatio),
                    "Strengthen dropout, weight decay or input noise, or let early stopping end the"
                        + " run."))
        : Checkup.healthy();
  }
}
