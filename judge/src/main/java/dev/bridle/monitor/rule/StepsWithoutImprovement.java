package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when the best value lies too many steps back, as TensorFlow Estimator's
 * stop_if_no_decrease_hook and stop_if_no_increase_hook do. With the step s = epoch - 1, values
 * before minSteps are passed over; the run is to stop iff s - (step of the best) &gt;=
 * maxStepsWithoutImprovement. Unlike patience it counts steps, not values: a run that is validated
 * every tenth epoch uses up ten at a time. NaN and infinities never become the best.
 */
public final class StepsWithoutImprovement implements Rule<StepsWithoutImprovement.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "stepsWithoutImprovement",
          true,
          "Stops when the best value lies too many steps back.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Direction.SETTING,
              Setting.wholeNumber("maxStepsWithoutImprovement", 10, 1, "Steps since the best."),
              Setting.wholeNumber("minSteps", 0, 0, "Values before this step do not count.")),
          State.class,
          StepsWithoutImprovement::new);

  private final String metric;
  private final Direction mode;
  private final int most;
  private final int minSteps;

  /** What it remembers: the best epoch, 0 for none, and its value. */
  public record State(int bestEpoch, double best) {}

  private StepsWithoutImprovement(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    most = settings.wholeNumber("maxStepsWithoutImprovement");
    minSteps = settings.wholeNumber("minSteps");
  }

  @Override
  public State initial() {
    return new State(0, 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty() || epoch.epoch() - 1 < minSteps) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    if (Double.isFinite(value) && (state.bestEpoch() == 0 || mode.better(value, state.best()))) {
      return Judged.keepTraining(new State(epoch.epoch(), value));
    }
    int behind = epoch.epoch() - state.bestEpoch();
    return state.bestEpoch() > 0 && behind >= most
        ? new Judged<>(
            state,
            new Verdict.StopTraining(
                state.bestEpoch(),
                "%s has not improved for %d steps: best %s at epoch %d, now %s"
                    .formatted(
                        metric,
                        behind,
                        Texts.number(state.best()),
                        state.bestEpoch(),
                        Texts.number(value)),
                Map.of("best", state.best(), "value", value, "steps", (double) behind)))
        : Judged.keepTraining(state);
  }
}
