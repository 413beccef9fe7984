package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when a metric hardly varies any more.
 *
 * <p>With s the population's standard deviation of the last {@code numResults} values, or of all
 * while there are fewer, the run is to stop after a value iff s &lt; std, at least {@code
 * gracePeriod} values have come, and the value is not worse than {@code metricThreshold}, where
 * that is set. NaN and infinities stay in the window, of which s is then NaN: nothing is stopped.
 *
 * <p>Source: Ray Tune's TrialPlateauStopper, and its defaults; there {@code mode} has none.
 */
public final class PlateauDeviation implements Rule<PlateauDeviation.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "plateauDeviation",
          true,
          "Stops when a metric hardly varies any more.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Direction.SETTING,
              Setting.number("std", 0.01, 0, "It stops below this standard deviation."),
              Setting.wholeNumber("numResults", 4, 1, "Values that it is computed of."),
              Setting.wholeNumber("gracePeriod", 4, 0, "Values before it may stop."),
              Setting.optionalNumber("metricThreshold", "A worse value is no plateau to stop on.")),
          State.class,
          PlateauDeviation::new);

  private final String metric;
  private final Direction mode;
  private final double std;
  private final int numResults;
  private final int gracePeriod;
  private final OptionalDouble metricThreshold;

  /**
   * What it remembers.
   *
   * @param recent the newest last, {@code numResults} at most
   * @param count of the values so far, counted no further than the grace period
   */
  public record State(List<Double> recent, int count, Best best) {
    public State {
      recent = List.copyOf(recent);
    }
  }

  private PlateauDeviation(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    std = settings.number("std");
    numResults = settings.wholeNumber("numResults");
    gracePeriod = settings.wholeNumber("gracePeriod");
    metricThreshold = settings.optionalNumber("metricThreshold");
  }

  @Override
  public State initial() {
    return new State(List.of(), 0, Best.NONE);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    State next =
        new State(
            Windows.with(state.recent(), value, numResults),
            Math.min(gracePeriod, state.count() + 1),
            state.best().with(epoch.epoch(), value, mode));
    double deviation = Windows.standardDeviation(next.recent());
    boolean tooBad =
        metricThreshold.isPresent() && mode.better(metricThreshold.getAsDouble(), value);
    return next.count() >= gracePeriod && !tooBad && deviation < std
        ? new Judged<>(next, stop(next, deviation))
        : Judged.keepTraining(next);
  }

  private Verdict stop(State state, double deviation) {
    return new Verdict.StopTraining(
        state.best().epoch(),
        "the standard deviation of the last %d values of %s is %s, below %s"
            .formatted(state.recent().size(), metric, Texts.number(deviation), Texts.number(std)),
        Map.of("standardDeviation", deviation, "std", std));
  }
}
