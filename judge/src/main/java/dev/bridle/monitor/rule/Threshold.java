package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when a metric leaves its bounds, or is NaN, as Optuna's ThresholdPruner does.
 *
 * <p>With the step s = epoch - 1, the rule looks iff s &gt;= warmupSteps and s is the first step
 * seen in its interval [warmupSteps + k intervalSteps, warmupSteps + (k + 1) intervalSteps). The
 * run is to stop iff v is NaN, v &lt; lower or v &gt; upper.
 */
public final class Threshold implements Rule<Threshold.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "threshold",
          true,
          "Stops when a metric leaves its bounds, or is NaN.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Setting.optionalNumber("lower", "Stop below this."),
              Setting.optionalNumber("upper", "Stop above this."),
              Setting.wholeNumber("warmupSteps", 0, 0, "Epochs to pass over first."),
              Setting.wholeNumber("intervalSteps", 1, 1, "Look once in so many epochs.")),
          State.class,
          Threshold::new);

  private final String metric;
  private final double lower;
  private final double upper;
  private final int warmupSteps;
  private final int intervalSteps;

  /** What it remembers: the newest step that had the metric; -1 before the first. */
  public record State(int lastStep) {}

  private Threshold(Settings settings) {
    metric = settings.text("metric");
    lower = settings.number("lower", Double.NEGATIVE_INFINITY);
    upper = settings.number("upper", Double.POSITIVE_INFINITY);
    warmupSteps = settings.wholeNumber("warmupSteps");
    intervalSteps = settings.wholeNumber("intervalSteps");
  }

  @Override
  public State initial() {
    return new State(-1);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    int step = epoch.epoch() - 1;
    double value = measured.getAsDouble();
    State next = new State(step);
    boolean inside = value >= lower && value <= upper;
    return inside || !isFirstOfItsInterval(step, state.lastStep())
        ? Judged.keepTraining(next)
        : new Judged<>(next, stop(value));
  }

  private boolean isFirstOfItsInterval(int step, int before) {
    if (step < warmupSteps) {
      return false;
    }
    int begin = (step - warmupSteps) / intervalSteps * intervalSteps + warmupSteps;
    return before < begin;
  }

  private Verdict stop(double value) {
    return new Verdict.StopTraining(
        0,
        "%s is outside of [%s, %s]: %s"
            .formatted(metric, Texts.number(lower), Texts.number(upper), Texts.number(value)),
        Map.of("value", value, "lower", lower, "upper", upper));
  }
}
