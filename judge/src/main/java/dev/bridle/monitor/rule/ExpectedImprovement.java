package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.monitor.trend.Trend;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Stops when waiting longer will hardly pay, whatever the curve's noise.
 *
 * <p>A metric is a curve f plus noise. After epoch t the rule states the probability
 *
 * <pre>
 * p(t) = P(the best f of the next horizon epochs is better than the best f so far by more than d)
 * </pre>
 *
 * <p>and the run is to stop iff q(t) = (p(t) + q(t-1)) / 2 &lt; probability, behind startFromEpoch.
 * The halves keep one lucky draw from ending a run. The margin d is minDelta times the progress so
 * far, from the median of the first five values to the best, but at least a tenth of the noise's
 * standard deviation; or times that alone, or times the best value, or minDelta itself. So a
 * patience is not needed: where the noise is small, few epochs show that the curve is flat or
 * rises; where it is large, more.
 *
 * <p>f and its noise are estimated from the newest {@code window} values: the average over shapes
 * of falling, bent, stepped and flat curves, weighted by their Bayesian evidence, each with its
 * Student-t posterior; spikes and dependent noise are reckoned with, and the result is recalibrated
 * on simulated curves: see {@link Trend}. Of what has left the window the rule keeps the best level
 * alone, as it was estimated in the window's middle. What no statistics can foresee, such as a step
 * of the learning rate, it doesn't.
 *
 * <p>State and time per epoch are bounded by the window. NaN and infinities are passed over; so it
 * never stops a run whose metric stays NaN: put a patience beside it.
 *
 * <p>The rule is ours. It answers the question of Swersky, Snoek and Adams (Freeze-Thaw Bayesian
 * Optimization, 2014) and Domhan, Springenberg and Hutter (Speeding up Automatic Hyperparameter
 * Optimization by Extrapolation of Learning Curves, IJCAI 2015) about one run, in closed form; the
 * regression is that of Liang et al., JASA 2008.
 */
public final class ExpectedImprovement implements Rule<ExpectedImprovementState> {
  static final RuleDefinition<ExpectedImprovementState> DEFINITION =
      new RuleDefinition<>(
          "expectedImprovement",
          true,
          "Stops when the metric will hardly improve soon, judged by its trend and its noise.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
              Direction.SETTING,
              Setting.wholeNumber("horizon", 10, 1, "How many epochs it looks ahead."),
              Setting.number("probability", 0.05, 0, "It stops below this probability, under 1."),
              Setting.optionalNumber(
                  "minDelta",
                  0,
                  "An improvement has to be larger than this; default 0.01 of the progress, else 0."),
              Setting.choice(
                  "minDeltaMode",
                  List.of("progress", "noise", "absolute", "relative"),
                  "What minDelta is a share of: the progress, the noise, 1, or the best."),
              Setting.wholeNumber("window", 40, 12, "The newest values, which are looked at."),
              Setting.wholeNumber(
                  "startFromEpoch", 20, 0, "The warm-up's last epoch: no stop in it.")),
          ExpectedImprovementState.class,
          ExpectedImprovement::new);

  /** A run that makes no progress still has to be told from its noise. */
  private static final double LEAST_OF_NOISE = 0.1;

  private final String metric;
  private final Direction mode;
  private final int horizon;
  private final double probability;
  private final String minDeltaMode;
  private final double minDelta;
  private final int window;
  private final int startFromEpoch;

  private ExpectedImprovement(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    horizon = settings.wholeNumber("horizon");
    probability = settings.numberBelow("probability", 1);
    minDeltaMode = settings.text("minDeltaMode");
    minDelta = settings.number("minDelta", minDeltaMode.equals("progress") ? 0.01 : 0);
    window = settings.wholeNumber("window");
    startFromEpoch = settings.wholeNumber("startFromEpoch");
  }

  @Override
  public ExpectedImprovementState initial() {
    return ExpectedImprovementState.INITIAL;
  }

  @Override
  public Judged<ExpectedImprovementState> judge(
      ExpectedImprovementState state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty() || !Double.isFinite(measured.getAsDouble())) {
      return Judged.keepTraining(state);
    }
    ExpectedImprovementState seen =
        state.with(epoch.epoch(), asLoss(measured.getAsDouble()), window);
    if (seen.losses().size() < Trend.FEWEST) {
      return Judged.keepTraining(seen);
    }
    Trend trend = seen.trend(horizon);
    double margin = margin(trend, seen);
    ExpectedImprovementState next =
        seen.withProbability(trend.improvement(margin, seen.older(), seen.olderDeviation()));
    if (next.losses().size() == window) {
      next = next.withOlder(trend.middle(), trend.middleDeviation());
    }
    return epoch.epoch() > startFromEpoch && next.probability() < probability
        ? new Judged<>(next, stop(next, trend, margin))
        : Judged.keepTraining(next);
  }

  private double margin(Trend trend, ExpectedImprovementState state) {
    return switch (minDeltaMode) {
      case "progress" -> Math.max(minDelta * state.progress(), LEAST_OF_NOISE * trend.noise());
      case "noise" -> minDelta * trend.noise();
      case "relative" -> minDelta * Math.abs(state.best());
      default -> minDelta;
    };
  }

  /** What is better is less; the same turns it back. */
  private double asLoss(double value) {
    return mode == Direction.MIN ? value : -value;
  }

  private Verdict stop(ExpectedImprovementState state, Trend trend, double margin) {
    return new Verdict.StopTraining(
        state.bestEpoch(),
        "%s will hardly improve: by more than %s within %s only with probability %s;"
                .formatted(
                    metric,
                    Texts.number(margin),
                    Texts.epochs(horizon),
                    Texts.number(state.probability()))
            + " best %s at epoch %d, noise %s, slope %s an epoch"
                .formatted(
                    Texts.number(asLoss(state.best())),
                    state.bestEpoch(),
                    Texts.number(trend.noise()),
                    Texts.number(asLoss(trend.slope()))),
        Map.of(
            "probability", state.probability(),
            "noise", trend.noise(),
            "slope", asLoss(trend.slope()),
            "level", asLoss(trend.level()),
            "margin", margin,
            "horizon", (double) horizon,
            "best", asLoss(state.best())));
  }
}
