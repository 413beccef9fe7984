package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;

/**
 * Stops a run that does worse than the finished runs of its experiment did at the same epoch.
 *
 * <p>After epoch e, behind {@code startFromEpoch}, the run is to stop iff its best finite value so
 * far is worse than r(e) = median over the finished runs of the mean of their finite values up to
 * e, where a run that ended before e counts with its last mean. The reference r is frozen into the
 * policy when it is adopted, so that the same epochs give the same verdict whatever finishes
 * meanwhile; between two of its epochs the earlier holds. While fewer than {@code minRuns} runs
 * have finished there is none, and nothing is stopped.
 *
 * <p>Source: the median stopping rule of Google Vizier (Golovin et al. 2017, section 3.2.2) and of
 * Ray Tune's MedianStoppingRule; {@code minRuns} as n_startup_trials of Optuna's MedianPruner.
 */
public final class MedianOfFinished implements Rule<MedianOfFinished.State> {
  /** The setting that is frozen when the policy is adopted. */
  public static final String REFERENCE = "reference";

  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "medianOfFinished",
          true,
          "Stops a run that does worse than the finished runs of its experiment.",
          List.of(
              Setting.text("metric", MetricNames.VALIDATION_LOSS, "What is compared."),
              Direction.SETTING,
              Setting.wholeNumber("startFromEpoch", 0, 0, "Epochs before the first comparison."),
              Setting.wholeNumber("minRuns", 5, 1, "Finished runs that it takes."),
              Setting.curve(
                  REFERENCE,
                  "The medians, as pairs of epoch and number; frozen by the monitor at the run's"
                      + " start.")),
          State.class,
          MedianOfFinished::new);

  private final String metric;
  private final Direction mode;
  private final int startFromEpoch;
  private final int minRuns;
  private final NavigableMap<Integer, Double> reference;

  /** What it remembers: the best epoch, 0 for none, and its value. */
  public record State(int bestEpoch, double best) {}

  private MedianOfFinished(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    startFromEpoch = settings.wholeNumber("startFromEpoch");
    minRuns = settings.wholeNumber("minRuns");
    reference = settings.curve(REFERENCE);
  }

  /** What is compared. */
  public String metric() {
    return metric;
  }

  /** How many finished runs a reference takes, at each of its epochs. */
  public int minRuns() {
    return minRuns;
  }

  /** Whether there is something to compare with. */
  public boolean hasReference() {
    return !reference.isEmpty();
  }

  @Override
  public State initial() {
    return new State(0, 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty() || !Double.isFinite(measured.getAsDouble())) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    State next =
        state.bestEpoch() == 0 || mode.better(value, state.best())
            ? new State(epoch.epoch(), value)
            : state;
    Map.Entry<Integer, Double> median = reference.floorEntry(epoch.epoch());
    return median != null
            && epoch.epoch() > startFromEpoch
            && mode.better(median.getValue(), next.best())
        ? new Judged<>(next, stop(next, median.getValue()))
        : Judged.keepTraining(next);
  }

  private Verdict stop(State state, double median) {
    return new Verdict.StopTraining(
        state.bestEpoch(),
        "the best %s so far, %s, is worse than %s, the median of the finished runs at this epoch"
            .formatted(metric, Texts.number(state.best()), Texts.number(median)),
        Map.of("best", state.best(), "median", median));
  }
}
