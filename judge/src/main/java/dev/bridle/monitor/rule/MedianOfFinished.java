package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.MetricNames;
import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.finished.FinishedCurve;
import dev.bridle.monitor.finished.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Stops a run that is worse than half of those before it.
 *
 * <p>The run is to stop after epoch e iff e &gt; startFromEpoch and its best finite value up to e
 * is strictly worse than m(e), the median over the finished runs of the experiment of their running
 * averages up to e. So one good value is compared with averages: a run has to be clearly worse. The
 * medians are not looked up but stand in the setting {@code reference}, which the monitor writes
 * into the policy that it adopts for the run; so a replay decides the same, whatever has finished
 * since. Without a reference, or before its first epoch, nothing is said. NaN and infinities never
 * become the best; a run that never had a finite value is not stopped.
 *
 * <p>Sources: the median automated stopping rule of Vizier (Golovin et al., KDD 2017), and Ray's
 * MedianStoppingRule, whose least number of runs, 3, is ours. Ray averages from its grace period on
 * and counts runs that are still going; Vizier and we average from the first epoch, over finished
 * runs. Optuna's MedianPruner compares with values at the same step in place of averages.
 */
public final class MedianOfFinished implements Rule<MedianOfFinished.State> {
  private static final String REFERENCE = "reference";

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.text("metric", MetricNames.VALIDATION_LOSS, "The metric that is watched."),
          Direction.SETTING,
          Setting.wholeNumber("startFromEpoch", 5, 0, "The warm-up's last epoch: no stop in it."),
          Setting.wholeNumber("minRuns", 3, 1, "Finished runs that a median takes at least."),
          Setting.optionalCurve(
              REFERENCE,
              "The medians: one an epoch, or [epoch, median] pairs. The monitor fills it in."));

  static final RuleDefinition<State> DEFINITION =
      new RuleDefinition<>(
          "medianOfFinished",
          true,
          "Stops a run whose best is worse than the median of the finished runs' averages.",
          SETTINGS,
          State.class,
          MedianOfFinished::new);

  private final String metric;
  private final Direction mode;
  private final int startFromEpoch;
  private final Optional<Reference> reference;

  /** What it remembers: the best epoch, 0 for none, and its value. */
  public record State(int bestEpoch, double best) {}

  private MedianOfFinished(Settings settings) {
    metric = settings.text("metric");
    mode = Direction.of(settings);
    startFromEpoch = settings.wholeNumber("startFromEpoch");
    reference = settings.optionalCurve(REFERENCE);
  }

  /**
   * The same policy with the reference of every such rule that lacks one, where there are enough
   * finished runs. What is wrong in a policy is left for its reader to say.
   *
   * @param finished by metric, the finished runs of the run's experiment that measured it
   */
  public static PolicySpec frozen(
      PolicySpec policy, Function<String, List<FinishedCurve>> finished) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Map<String, Object> rule : policy.rules()) {
      Map<String, Object> frozen = new HashMap<>(rule);
      if (DEFINITION.name().equals(rule.get("rule")) && rule.get(REFERENCE) == null) {
        reference(rule, finished).ifPresent(made -> frozen.put(REFERENCE, made.pairs()));
      }
      rules.add(frozen);
    }
    return policy.withRules(rules);
  }

  private static Optional<Reference> reference(
      Map<String, Object> rule, Function<String, List<FinishedCurve>> finished) {
    Map<String, Object> known = new HashMap<>(rule);
    known.keySet().retainAll(List.of("metric", "minRuns"));
    try {
      Settings settings = Settings.checked("policy", SETTINGS, known);
      return Reference.of(finished.apply(settings.text("metric")), settings.wholeNumber("minRuns"));
    } catch (InvalidPolicyException e) {
      return Optional.empty();
    }
  }

  @Override
  public State initial() {
    return new State(0, 0);
  }

  @Override
  public Judged<State> judge(State state, EpochCompleted epoch) {
    OptionalDouble measured = epoch.metric(metric);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    State next =
        Double.isFinite(value) && (state.bestEpoch() == 0 || mode.better(value, state.best()))
            ? new State(epoch.epoch(), value)
            : state;
    OptionalDouble median =
        reference.map(curve -> curve.at(epoch.epoch())).orElse(OptionalDouble.empty());
    return next.bestEpoch() > 0
            && epoch.epoch() > startFromEpoch
            && median.isPresent()
            && mode.better(median.getAsDouble(), next.best())
        ? new Judged<>(next, stop(next, median.getAsDouble(), epoch.epoch()))
        : Judged.keepTraining(next);
  }

  private Verdict stop(State state, double median, int epoch) {
    return new Verdict.StopTraining(
        state.bestEpoch(),
        "%s is worse than the median of the finished runs at epoch %d: best %s at epoch %d, median %s"
            .formatted(
                metric, epoch, Texts.number(state.best()), state.bestEpoch(), Texts.number(median)),
        Map.of("best", state.best(), "median", median));
  }
}
