package dev.bridle.monitor.run;

import dev.bridle.events.MetricNames;
import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.rule.MedianOfFinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Freezes what a policy's rules take from finished runs into the policy. */
public final class References {
  private References() {}

  /** The metrics whose curves are kept of a finished run: those that its policy compares by too. */
  public static Set<String> metrics(PolicySpec policy) {
    Set<String> metrics = new LinkedHashSet<>(List.of(MetricNames.VALIDATION_LOSS));
    policy.rules().stream().filter(References::compares).forEach(rule -> metrics.add(metric(rule)));
    return metrics;
  }

  /**
   * The same policy with the reference of each {@link MedianOfFinished} that has none.
   *
   * @param finished the curves of the experiment's finished runs, by metric
   */
  public static PolicySpec frozen(
      PolicySpec policy, Function<String, List<FinishedCurve>> finished) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Map<String, Object> rule : policy.rules()) {
      Map<String, Object> complete = new HashMap<>(rule);
      if (compares(rule)) {
        List<FinishedCurve> curves =
            finished.apply(metric(rule)).stream().filter(FinishedCurve::isMeasured).toList();
        int minRuns = rule.get("minRuns") instanceof Number runs ? runs.intValue() : 5;
        if (curves.size() >= minRuns) {
          complete.put(MedianOfFinished.REFERENCE, medians(curves, minRuns));
        }
      }
      rules.add(complete);
    }
    return policy.withRules(rules);
  }

  private static boolean compares(Map<String, Object> rule) {
    return MedianOfFinished.NAME.equals(rule.get("rule"))
        && rule.get(MedianOfFinished.REFERENCE) == null;
  }

  private static String metric(Map<String, Object> rule) {
    return rule.get("metric") instanceof String name ? name : MetricNames.VALIDATION_LOSS;
  }

  private static List<List<Number>> medians(List<FinishedCurve> curves, int minRuns) {
    int every = curves.stream().mapToInt(FinishedCurve::every).max().orElseThrow();
    int last = curves.stream().mapToInt(FinishedCurve::lastEpoch).max().orElseThrow();
    List<List<Number>> medians = new ArrayList<>();
    for (int epoch = every; epoch <= last; epoch += every) {
      int at = epoch;
      double[] values =
          curves.stream()
              .mapToDouble(curve -> curve.at(at))
              .filter(Double::isFinite)
              .sorted()
              .toArray();
      if (values.length >= minRuns) {
        double median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
        medians.add(List.of(epoch, median));
      }
    }
    return medians;
  }
}
