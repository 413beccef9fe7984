package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when a metric's moving averages no longer improve.
 *
 * <p>With k = stoppingRounds, a(0) to a(k) are the means of k successive values each, over the last
 * 2k values; there must be at least 2k + 1 values, since the first is left out. The run is to stop
 * iff none of a(1) to a(k) is better than a(0) by more than the relative tolerance: min a(i) / a(0)
 * &gt;= 1 - stoppingTolerance; mode max: max a(i) / a(0) &lt;= 1 + stoppingTolerance. While the
 * averages differ in sign, or one is NaN, nothing is stopped. A metric that has reached 0 and
 * cannot fall below it, as H2O knows of some, is not told apart: averages of 0 are a ratio of NaN.
 *
 * <p>Source: ScoreKeeper.stopEarly of H2O-3; defaults of its deep learning: 5 rounds, tolerance 0.
 */
public final class MovingAverage implements Rule<MovingAverage.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "movingAverage",
          true,
          "Stops when a metric's moving averages no longer improve.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Direction.SETTING,
              Setting.wholeNumber("stoppingRounds", 5, 1, "Values in an average, and averages."),
              Setting.number(
                  "stoppingTolerance", 0, 0, "Relative improvement that the best must exceed.")),
          State.class,
          MovingAverage::new);

  private final String metric;
  private final Direction mode;
  private final int rounds;
  private final double tolerance;

  /**
   * What it remembers.
   *
   * @param recent the newest last, 2k at most
   * @param more whether there were values before those
   */
  public record State(List<Double> recent, boolean more, Best best) {
    public State {
      recent = List.copyOf(recent);
    }
  }

  private MovingAverage(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    rounds = settings.wholeNumber("stoppingRounds");
    tolerance = settings.number("stoppingTolerance");
  }

  @Override
  public State initial() {
    return new State(List.of(), false, Best.NONE);
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
            Windows.with(state.recent(), value, 2 * rounds),
            state.recent().size() == 2 * rounds,
            state.best().with(epoch.epoch(), value, mode));
    if (!next.more()) {
      return Judged.keepTraining(next);
    }
    double reference = average(next, 0);
    double best = average(next, 1);
    double least = Math.min(reference, best);
    double most = Math.max(reference, best);
    for (int i = 2; i <= rounds; i++) {
      double average = average(next, i);
      best = mode.best(best, average);
      least = Math.min(least, average);
      most = Math.max(most, average);
    }
    double ratio = best / reference;
    boolean settled =
        Math.signum(least) == Math.signum(most)
            && (mode == Direction.MIN ? ratio >= 1 - tolerance : ratio <= 1 + tolerance);
    return settled ? new Judged<>(next, stop(next, reference, best)) : Judged.keepTraining(next);
  }

  /** The i-th mean of k successive values, the oldest first. */
  private double average(State state, int i) {
    return Windows.mean(state.recent().subList(i, i + rounds));
  }

  private Verdict stop(State state, double reference, double best) {
    return new Verdict.StopTraining(
        state.best().epoch(),
        "no moving average of %d values of %s improved on %s by more than %s %%"
            .formatted(rounds, metric, Texts.number(reference), Texts.number(100 * tolerance)),
        Map.of("reference", reference, "best", best));
  }
}
