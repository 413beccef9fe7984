package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when the validation loss rises while the training loss does not.
 *
 * <p>Unhealthy iff the validation loss is greater, and the training loss not greater, than at the
 * epoch before that had both. NaN is neither greater nor less; against a training loss of NaN
 * nothing is said. Raised after patience such epochs in a row, resolved by the first that isn't.
 *
 * <p>Source: UMLAUT (Schoop, Huang and Hartmann, CHI 2021); the patience, against noise, is ours.
 */
public final class ValidationLossRising implements Rule<ValidationLossRising.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "validationLossRising",
          false,
          "Warns when the validation loss rises while the training loss does not.",
          List.of(Setting.wholeNumber("patience", 3, 1, "Epochs in a row before it warns.")),
          State.class,
          ValidationLossRising::new);

  private final int patience;

  /** What it remembers: the losses of the epoch before, NaN before the first. */
  public record State(double trainingLoss, double validationLoss, Alarm alarm) {}

  private ValidationLossRising(Settings settings) {
    patience = settings.wholeNumber("patience");
  }

  @Override
  public State initial() {
    return new State(Double.NaN, Double.NaN, Alarm.QUIET);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble training = epoch.metric(MetricNames.TRAINING_LOSS);
    OptionalDouble validation = epoch.metric(MetricNames.VALIDATION_LOSS);
    if (training.isEmpty() || validation.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double trainingLoss = training.getAsDouble();
    double validationLoss = validation.getAsDouble();
    boolean rises = validationLoss > state.validationLoss() && trainingLoss <= state.trainingLoss();
    Judged<Alarm> judged =
        state
            .alarm()
            .after(
                rises
                    ? Checkup.unhealthy(() -> alert(trainingLoss, validationLoss, state))
                    : Checkup.healthy(),
                patience);
    return new Judged<>(new State(trainingLoss, validationLoss, judged.state()), judged.verdict());
  }

  private Verdict.RaiseAlert alert(double trainingLoss, double validationLoss, State before) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Validation loss rose to %s, for %s in a row, while training loss did not: now %s"
            .formatted(
                Texts.number(validationLoss), Texts.epochs(patience), Texts.number(trainingLoss)),
        Map.of(
            "validationLoss",
            validationLoss,
            "validationLossBefore",
            before.validationLoss(),
            "trainingLoss",
            trainingLoss,
            "trainingLossBefore",
            before.trainingLoss()),
        "Strengthen dropout, weight decay or augmentation, or let early stopping end the run.");
  }
}
