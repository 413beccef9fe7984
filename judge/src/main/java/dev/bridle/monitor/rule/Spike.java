package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Warns when a metric jumps far out of its recent values.
 *
 * <p>With mean m and standard deviation s of the last {@code window} finite values before v, z = (v
 * - m) / s. Unhealthy iff |z| &gt; threshold. The window has to be full and s above 0: a constant
 * window says nothing of what a large change is. Values are kept to float precision; NaN, infinity
 * and what a float can't hold are passed over. Resolved by the next value that is no spike; v
 * itself then belongs to the window.
 *
 * <p>Source: the z-score automation of Weights &amp; Biases: window 30, threshold 3.
 */
public final class Spike implements Rule<Spike.State> {
  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "spike",
          false,
          "Warns when a metric jumps far out of its recent values.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Setting.wholeNumber("window", 30, 2, "Values that a new one is compared with."),
              Setting.number(
                  "threshold", 3, 0, "Standard deviations from the mean that are a spike.")),
          State.class,
          Spike::new);

  private final String metric;
  private final int window;
  private final double threshold;

  /**
   * What it remembers.
   *
   * @param values the newest last, as many as the window at most
   */
  public record State(List<Float> values, Alarm alarm) {
    public State {
      values = FloatWindow.of(values);
    }
  }

  private Spike(Settings settings) {
    metric = settings.text("metric");
    window = settings.wholeNumber("window");
    threshold = settings.number("threshold");
  }

  @Override
  public State initial() {
    return new State(FloatWindow.EMPTY, Alarm.QUIET);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty() || !Float.isFinite((float) measured.getAsDouble())) {
      return Judged.keepTraining(state);
    }
    float value = (float) measured.getAsDouble();
    FloatWindow values = FloatWindow.of(state.values());
    Judged<Alarm> judged = state.alarm().after(checkup(value, values), 1);
    return new Judged<>(new State(values.with(value, window), judged.state()), judged.verdict());
  }

  private Checkup checkup(double value, FloatWindow values) {
    if (values.size() < window) {
      return Checkup.notMeasured();
    }
    double mean = values.mean();
    double deviation = values.standardDeviation(mean);
    double score = (value - mean) / deviation;
    return deviation > 0 && Math.abs(score) > threshold
        ? Checkup.unhealthy(() -> alert(value, mean, deviation, score))
        : Checkup.healthy();
  }

  private Verdict.RaiseAlert alert(double value, double mean, double deviation, double score) {
    return new Verdict.RaiseAlert(
        Severity.WARNING,
        "%s is %s, %s standard deviations from its mean %s of %s"
            .formatted(
                metric,
                Texts.number(value),
                Texts.number(Math.abs(score)),
                Texts.number(mean),
                Texts.epochs(window)),
        Map.of("value", value, "mean", mean, "deviation", deviation, "zScore", score),
        "Clip gradients, lower the learning rate, or look for outliers in the data; label smoothing"
            + " bounds what one of them does.");
  }
}
