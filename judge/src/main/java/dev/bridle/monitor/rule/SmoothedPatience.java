package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when a metric's smoothed value has not improved for a number of epochs, so that noise
 * neither ends a run nor keeps it going.
 *
 * <p>The smoothed value s of the values v(1) to v(n) is, with {@code ema}, the sum of w(i) v(i)
 * over the sum of w(i), w(i) = (1 - alpha)^(n - i): the exponential moving average without the pull
 * of its start (Kingma and Ba 2015, section 3); with {@code movingAverage} the mean of the last
 * {@code window} values, and there is none before those are there. A value of s that improves on
 * the best s by more than minDelta becomes the best, any other is a miss, and the run is to stop
 * iff the misses in a row reach the patience. The best epoch that it names is that of the best v,
 * not of the best s, which lags behind. NaN and infinities are misses that leave s as it is.
 *
 * <p>Asked for in Keras's issue 18210; patience and minDelta as in {@link Patience}.
 */
public final class SmoothedPatience implements Rule<SmoothedPatience.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "smoothedPatience",
          true,
          "Stops when a metric's smoothed value has not improved for a number of epochs.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Direction.SETTING,
              Setting.choice("smoothing", List.of("ema", "movingAverage"), "How it is smoothed."),
              Setting.number("alpha", 0.3, 0, "Of ema: the newest value's weight, below 1."),
              Setting.wholeNumber("window", 5, 1, "Of movingAverage: values in a mean."),
              Setting.wholeNumber("patience", 10, 1, "Misses in a row until it stops."),
              Setting.number("minDelta", 0, 0, "What an improvement has to exceed.")),
          State.class,
          SmoothedPatience::new);

  private final String metric;
  private final Direction mode;
  private final boolean exponential;
  private final double alpha;
  private final int window;
  private final int patience;
  private final double minDelta;

  /**
   * What it remembers.
   *
   * @param weighted with ema the sum of the weighted values, and {@code weights} that of the
   *     weights
   * @param recent with movingAverage the newest values, the newest last
   * @param smoothed the best smoothed value
   * @param misses in a row, counted no further than the patience
   */
  public record State(
      double weighted, double weights, List<Double> recent, Best smoothed, Best best, int misses) {
    public State {
      recent = List.copyOf(recent);
    }
  }

  private SmoothedPatience(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    exponential = settings.text("smoothing").equals("ema");
    alpha = settings.numberBelow("alpha", 1);
    window = settings.wholeNumber("window");
    patience = settings.wholeNumber("patience");
    minDelta = settings.number("minDelta");
  }

  @Override
  public State initial() {
    return new State(0, 0, List.of(), Best.NONE, Best.NONE, 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    State next = Double.isFinite(value) ? taken(state, epoch.epoch(), value) : missed(state);
    return next.misses() >= patience ? new Judged<>(next, stop(next)) : Judged.keepTraining(next);
  }

  private State taken(State state, int epoch, double value) {
    double weighted = exponential ? (1 - alpha) * state.weighted() + value : 0;
    double weights = exponential ? (1 - alpha) * state.weights() + 1 : 0;
    List<Double> recent = exponential ? List.of() : Windows.with(state.recent(), value, window);
    Best best = state.best().with(epoch, value, mode);
    if (!exponential && recent.size() < window) {
      return new State(weighted, weights, recent, state.smoothed(), best, state.misses());
    }
    double smoothed = exponential ? weighted / weights : Windows.mean(recent);
    boolean improved =
        state.smoothed().epoch() == 0
            || mode.betterBy(minDelta, smoothed, state.smoothed().value());
    return improved
        ? new State(weighted, weights, recent, new Best(epoch, smoothed), best, 0)
        : missed(new State(weighted, weights, recent, state.smoothed(), best, state.misses()));
  }

  private State missed(State state) {
    return new State(
        state.weighted(),
        state.weights(),
        state.recent(),
        state.smoothed(),
        state.best(),
        Math.min(patience, state.misses() + 1));
  }

  private Verdict stop(State state) {
    return new Verdict.StopTraining(
        state.best().epoch(),
        "the smoothed %s has not improved on %s for %s"
            .formatted(metric, Texts.number(state.smoothed().value()), Texts.epochs(patience)),
        Map.of("bestSmoothed", state.smoothed().value(), "best", state.best().value()));
  }
}
