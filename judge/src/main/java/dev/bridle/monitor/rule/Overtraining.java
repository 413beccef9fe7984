package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when neither the training nor the validation loss improves any more: what is left to learn
 * is noise.
 *
 * <p>A loss improves iff it is less than its best by more than minDelta; NaN and infinity never do.
 * Unhealthy iff the training loss has not improved for trainingPatience epochs and the validation
 * loss not for validationPatience. Resolved when either improves. Epochs that lack either loss are
 * passed over.
 *
 * <p>Source: Overtraining of Amazon SageMaker Debugger: patience 5 and 10, delta 0.01.
 */
public final class Overtraining implements Rule<Overtraining.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "overtraining",
          false,
          "Warns when neither the training nor the validation loss improves any more.",
          List.of(
              Setting.wholeNumber(
                  "trainingPatience", 5, 1, "Epochs to wait for the training loss."),
              Setting.wholeNumber(
                  "validationPatience", 10, 1, "Epochs to wait for the validation loss."),
              Setting.number(
                  "minDelta", 0.01, 0, "An improvement has to be larger than this to count.")),
          State.class,
          Overtraining::new);

  private final int trainingPatience;
  private final int validationPatience;
  private final double minDelta;

  /**
   * A loss's best, and the epochs since, counted no further than the patience.
   *
   * @param best infinite as long as there is none
   */
  public record Wait(double best, int waited) {
    static final Wait FOR_FIRST = new Wait(Double.POSITIVE_INFINITY, 0);

    Wait after(double value, double minDelta, int patience) {
      return value < best - minDelta && Double.isFinite(value)
          ? new Wait(value, 0)
          : new Wait(best, Math.min(patience, waited + 1));
    }
  }

  /** What it remembers. */
  public record State(Wait training, Wait validation, Alarm alarm) {}

  private Overtraining(Settings settings) {
    trainingPatience = settings.wholeNumber("trainingPatience");
    validationPatience = settings.wholeNumber("validationPatience");
    minDelta = settings.number("minDelta");
  }

  @Override
  public State initial() {
    return new State(Wait.FOR_FIRST, Wait.FOR_FIRST, Alarm.QUIET);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble training = epoch.metric(MetricNames.TRAINING_LOSS);
    OptionalDouble validation = epoch.metric(MetricNames.VALIDATION_LOSS);
    if (training.isEmpty() || validation.isEmpty()) {
      return Judged.keepTraining(state);
    }
    Wait forTraining = state.training().after(training.getAsDouble(), minDelta, trainingPatience);
    Wait forValidation =
        state.validation().after(validation.getAsDouble(), minDelta, validationPatience);
    boolean over =
        forTraining.waited() >= trainingPatience && forValidation.waited() >= validationPatience;
    Judged<Alarm> judged =
        state
            .alarm()
            .after(
                over
                    ? Checkup.unhealthy(() -> alert(forTraining, forValidation))
                    : Checkup.healthy(),
                1);
    return new Judged<>(new State(forTraining, forValidation, judged.state()), judged.verdict());
  }

  private Verdict.RaiseAlert alert(Wait training, Wait validation) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Overtraining: training loss has not improved for %s (best %s), validation loss for %s (best %s)"
            .formatted(
                Texts.epochs(training.waited()),
                Texts.number(training.best()),
                Texts.epochs(validation.waited()),
                Texts.number(validation.best())),
        Map.of(
            "bestTrainingLoss", training.best(),
            "bestValidationLoss", validation.best(),
            "minDelta", minDelta),
        "Let early stopping end the run at its best epoch, or lower the learning rate.");
  }
}
