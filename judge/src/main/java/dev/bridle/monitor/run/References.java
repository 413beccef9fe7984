package dev.bridle.monitor.run;

import dev.bridle.events.MetricNames;
import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.policy.PolicyRule;
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
  public static Set<String> metrics(Policy policy) {
    Set<String> metrics = new LinkedHashSet<>(List.of(MetricNames.VALIDATION_LOSS));
    for (PolicyRule<?> rule : policy.rules()) {
      if (rule.rule() instanceof MedianOfFinished median) {
        metrics.add(median.metric());
      }
    }
    return metrics;
  }

  /**
   * The same policy with the reference of each {@link MedianOfFinished} that has none.
   *
   * @param policy a legal one
   * @param finished the curves of the experiment's finished runs, by metric
   */
  public static PolicySpec frozen(
      PolicySpec policy, Function<String, List<FinishedCurve>> finished) {
    List<PolicyRule<?>> read = Policy.of(policy).rules();
    List<Map<String, Object>> rules = new ArrayList<>(policy.rules());
    for (int i = 0; i < rules.size(); i++) {
      if (read.get(i).rule() instanceof MedianOfFinished median && !median.hasReference()) {
        rules.set(i, frozen(rules.get(i), median, finished.apply(median.metric())));
      }
    }
    return policy.withRules(rules);
  }

  private static Map<String, Object> frozen(
      Map<String, Object> rule, MedianOfFinished median, List<FinishedCurve> finished) {
    List<FinishedCurve> curves = finished.stream().filter(FinishedCurve::isMeasured).toList();
    if (curves.size() < median.minRuns()) {
      return rule;
    }
    Map<String, Object> complete = new HashMap<>(rule);
    complete.put(MedianOfFinished.REFERENCE, medians(curves, median.minRuns()));
    return complete;
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
