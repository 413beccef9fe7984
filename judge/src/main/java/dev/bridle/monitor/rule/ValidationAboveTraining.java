package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when a head is more accurate on the validation rows than on the training rows: rows may be
 * in both, or the regularization may be too strong.
 *
 * <p>Unhealthy iff accuracy &gt; trainingAccuracy + minExcess for any head, from fromEpoch on. NaN
 * is not greater. The alert names the first such head; it is resolved when there is none.
 *
 * <p>Source: UMLAUT (Schoop, Huang and Hartmann, CHI 2021): 0.05, from epoch 3.
 */
public final class ValidationAboveTraining {
  static final RuleDefinition<Alarm> DEFINITION =
      new RuleDefinition<>(
          "validationAboveTraining",
          false,
          "Warns when a head is more accurate on the validation rows than on the training rows.",
          List.of(
              Setting.number("minExcess", 0.05, 0, "The excess has to be larger than this."),
              Setting.wholeNumber("fromEpoch", 3, 1, "Earlier epochs are passed over."),
              EpochCheck.PATIENCE),
          Alarm.class,
          ValidationAboveTraining::rule);

  private ValidationAboveTraining() {}

  private static Rule<Alarm> rule(Settings settings) {
    double minExcess = settings.number("minExcess");
    int fromEpoch = settings.wholeNumber("fromEpoch");
    return new EpochCheck(
        settings,
        epoch -> epoch.epoch() < fromEpoch ? Checkup.notMeasured() : checkup(epoch, minExcess));
  }

  private static Checkup checkup(EpochCompleted epoch, double minExcess) {
    Checkup found = Checkup.notMeasured();
    for (String head : Heads.with(epoch, MetricNames.trainingAccuracy(""))) {
      OptionalDouble validation = epoch.metric(MetricNames.accuracy(head));
      double training = epoch.metric(MetricNames.trainingAccuracy(head)).getAsDouble();
      if (validation.isPresent() && validation.getAsDouble() > training + minExcess) {
        return Checkup.unhealthy(() -> alert(head, validation.getAsDouble(), training, minExcess));
      }
      found = validation.isPresent() ? Checkup.healthy() : found;
    }
    return found;
  }

  private static Verdict.RaiseAlert alert(
      String head, double validation, double training, double minExcess) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Validation accuracy %s of head %s is above its training accuracy %s"
            .formatted(Texts.number(validation), head, Texts.number(training)),
        Map.of(
            MetricNames.accuracy(head),
            validation,
            MetricNames.trainingAccuracy(head),
            training,
            "minExcess",
            minExcess),
        "Look for validation rows among the training rows; weaken dropout or augmentation if there"
            + " are none.");
  }
}
