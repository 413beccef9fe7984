package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when the validation loss stays well above the training loss: the run learns its training
 * data by heart.
 *
 * <p>With the generalization gap g = validation loss - training loss (the clean one where the
 * trainer gives it), an epoch overfits iff g &gt; minGap and g &gt;= minShare * validation loss.
 * Both have to hold: the absolute limit keeps tiny losses from warning, whose ratio says little;
 * the relative one suits losses of any scale. The alert is raised after {@code patience} such
 * epochs in a row and resolved by the first that isn't. Epochs that weren't validated are passed
 * over.
 *
 * <p>A validation loss of NaN or infinity is no overfitting to this rule, whatever else it is: a
 * NaN gap counts as none, an infinite one as overfitting.
 *
 * <p>Source: the ratio follows the Overfit rule of Amazon SageMaker Debugger, (validation loss -
 * training loss) / training loss &gt; 0.1, which has no absolute limit and warns on every run whose
 * training loss nears 0; hence the share of the validation loss, which is at most 1, in its place.
 */
public final class GeneralizationGap implements Rule<GeneralizationGap.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "generalizationGap",
          false,
          "Warns when the validation loss stays well above the training loss.",
          List.of(
              Setting.number("minGap", 0.2, 0, "The gap has to be larger than this, in loss."),
              Setting.number(
                  "minShare",
                  0.5,
                  0,
                  "The gap has to be at least this share of the validation loss."),
              Setting.wholeNumber("patience", 3, 1, "Epochs in a row before it warns.")),
          State.class,
          GeneralizationGap::new);

  private static final String REMEDY =
      "Strengthen dropout, weight decay or input noise, or let early stopping end the run.";

  private final double minGap;
  private final double minShare;
  private final int patience;

  /** What it remembers: how many epochs in a row overfitted, no further than the patience. */
  public record State(int overfittedInARow) {}

  private GeneralizationGap(Settings settings) {
    minGap = settings.number("minGap");
    minShare = settings.number("minShare");
    patience = settings.wholeNumber("patience");
  }

  @Override
  public State initial() {
    return new State(0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.generalizationGap();
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double gap = measured.getAsDouble();
    double validationLoss = epoch.metric(MetricNames.VALIDATION_LOSS).getAsDouble();
    boolean alerted = state.overfittedInARow() >= patience;
    if (gap > minGap && gap >= minShare * validationLoss) {
      State next = new State(Math.min(patience, state.overfittedInARow() + 1));
      return next.overfittedInARow() >= patience && !alerted
          ? new Judged<>(next, alert(gap, validationLoss))
          : Judged.keepTraining(next);
    }
    return alerted
        ? new Judged<>(initial(), new Verdict.ResolveAlert())
        : Judged.keepTraining(initial());
  }

  private Verdict alert(double gap, double validationLoss) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "Overfitting: validation loss %s exceeds training loss %s by %s, for %s in a row"
            .formatted(
                Texts.number(validationLoss),
                Texts.number(validationLoss - gap),
                Texts.number(gap),
                Texts.epochs(patience)),
        Map.of(
            "gap", gap, "validationLoss", validationLoss, "minGap", minGap, "minShare", minShare),
        REMEDY);
  }
}
