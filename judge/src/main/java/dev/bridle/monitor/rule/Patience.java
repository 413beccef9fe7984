package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when a metric has not improved for a number of epochs, as Keras's {@code EarlyStopping}
 * does.
 *
 * <p>A value v improves on a reference r iff v &lt; r - |minDelta| (mode min) or v &gt; r +
 * |minDelta| (mode max). Each epoch adds 1 to the wait. If v improves on the best, it becomes the
 * best, and the wait returns to 0, where a baseline is set only if v improves on that too.
 * Otherwise the run is to stop iff wait &gt;= patience, the first epoch excepted: patience 0 acts
 * as 1. Epochs up to startFromEpoch, and epochs without the metric, are passed over.
 *
 * <p>NaN and infinities count as misses and never become the best. (In Keras a first NaN becomes
 * the best, and nothing ever improves on it.)
 *
 * <p>Source: keras/src/callbacks/early_stopping.py of Keras 3.
 */
public final class Patience implements Rule<Patience.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "patience",
          true,
          "Stops when a metric has not improved for a number of epochs.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Setting.choice("mode", List.of("min", "max"), "Whether less or more is better."),
              Setting.wholeNumber("patience", 10, 0, "Epochs without improvement to wait."),
              Setting.number(
                  "minDelta", 0, 0, "An improvement has to be larger than this to count."),
              Setting.optionalNumber(
                  "baseline", "The wait only returns to 0 for a value better than this."),
              Setting.wholeNumber(
                  "startFromEpoch", 0, 0, "Warm-up: epochs up to this one are passed over.")),
          State.class,
          Patience::new);

  private final String metric;
  private final boolean lessIsBetter;
  private final int patience;
  private final double minDelta;
  private final OptionalDouble baseline;
  private final int startFromEpoch;

  /**
   * What it remembers.
   *
   * @param bestEpoch 0 as long as there is no best
   * @param best meaningless as long as there is none
   */
  public record State(int bestEpoch, double best, int waited) {}

  private Patience(Settings settings) {
    metric = settings.text("metric");
    lessIsBetter = settings.text("mode").equals("min");
    patience = settings.wholeNumber("patience");
    minDelta = settings.number("minDelta");
    baseline = settings.optionalNumber("baseline");
    startFromEpoch = settings.wholeNumber("startFromEpoch");
  }

  @Override
  public State initial() {
    return new State(0, 0, 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty() || epoch.epoch() <= startFromEpoch) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    int wait = state.waited() + 1;
    if (Double.isFinite(value) && (state.bestEpoch() == 0 || improves(value, state.best()))) {
      boolean resets = baseline.isEmpty() || improves(value, baseline.getAsDouble());
      return Judged.keepTraining(new State(epoch.epoch(), value, resets ? 0 : wait));
    }
    State missed = new State(state.bestEpoch(), state.best(), wait);
    return wait >= patience && epoch.epoch() > 1
        ? new Judged<>(missed, stop(missed, value))
        : Judged.keepTraining(missed);
  }

  private boolean improves(double value, double reference) {
    return lessIsBetter ? value < reference - minDelta : value > reference + minDelta;
  }

  private Verdict stop(State state, double value) {
    String reason =
        state.bestEpoch() == 0
            ? "%s was never a finite number in %s".formatted(metric, Texts.epochs(state.waited()))
            : "%s has not improved%s for %s: best %s at epoch %d, now %s"
                .formatted(
                    metric,
                    minDelta > 0 ? " by more than " + Texts.number(minDelta) : "",
                    Texts.epochs(state.waited()),
                    Texts.number(state.best()),
                    state.bestEpoch(),
                    Texts.number(value));
    return new Verdict.StopTraining(
        state.bestEpoch(),
        reason,
        Map.of(
            "best",
            state.bestEpoch() == 0 ? Double.NaN : state.best(),
            "value",
            value,
            "wait",
            (double) state.waited(),
            "patience",
            (double) patience,
            "minDelta",
            minDelta));
  }
}
