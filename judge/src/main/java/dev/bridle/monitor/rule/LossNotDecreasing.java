package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when a loss has hardly fallen for a number of epochs.
 *
 * <p>Every {@code interval} epochs that have the metric, the value v is compared with that of the
 * last comparison, r. Unhealthy iff not r - v &gt;= minDrop * |r|: a v of NaN or infinity is
 * unhealthy; where r is one, a finite v is healthy. Resolved by a comparison that is.
 *
 * <p>Source: LossNotDecreasing of Amazon SageMaker Debugger: every 10 steps, 0.1 %; epochs here.
 */
public final class LossNotDecreasing implements Rule<LossNotDecreasing.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "lossNotDecreasing",
          false,
          "Warns when a loss has hardly fallen for a number of epochs.",
          List.of(
              Setting.text("metric", MetricNames.TRAINING_LOSS, "The loss that is watched."),
              Setting.wholeNumber("interval", 10, 1, "Epochs from one comparison to the next."),
              Setting.number("minDrop", 0.001, 0, "The drop has to be at least this share.")),
          State.class,
          LossNotDecreasing::new);

  private final String metric;
  private final int interval;
  private final double minDrop;

  /**
   * What it remembers.
   *
   * @param seen epochs since the last comparison; -1 before the first epoch
   * @param reference the value of the last comparison
   */
  public record State(int seen, double reference, Alarm alarm) {}

  private LossNotDecreasing(Settings settings) {
    metric = settings.text("metric");
    interval = settings.wholeNumber("interval");
    minDrop = settings.number("minDrop");
  }

  @Override
  public State initial() {
    return new State(-1, 0, Alarm.QUIET);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    if (state.seen() < 0) {
      return Judged.keepTraining(new State(0, value, state.alarm()));
    }
    if (state.seen() + 1 < interval) {
      return Judged.keepTraining(new State(state.seen() + 1, state.reference(), state.alarm()));
    }
    Judged<Alarm> judged = state.alarm().after(checkup(value, state.reference()), 1);
    return new Judged<>(new State(0, value, judged.state()), judged.verdict());
  }

  private Checkup checkup(double value, double reference) {
    boolean recovered = Double.isFinite(value) && !Double.isFinite(reference);
    if (recovered || reference - value >= minDrop * Math.abs(reference)) {
      return Checkup.healthy();
    }
    return Checkup.unhealthy(
        () ->
            new Verdict.RaiseAlert(
                Severity.WARNING,
                "%s went from %s to %s in %s"
                    .formatted(
                        metric,
                        Texts.number(reference),
                        Texts.number(value),
                        Texts.epochs(interval)),
                Map.of("before", reference, "now", value, "minDrop", minDrop),
                "Change the learning rate, weaken dropout or weight decay if the model underfits, or let"
                    + " early stopping end the run."));
  }
}
