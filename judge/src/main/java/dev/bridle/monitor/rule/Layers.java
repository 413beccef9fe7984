package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.Severity;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/**
 * One metric of every layer in an epoch. A rule over layers raises one alert, whichever layers are
 * concerned, and resolves it when none is; so its state doesn't grow with them.
 *
 * @param prefix the metric's name up to the layer's: {@code gradientNorm/}
 * @param values by layer; empty where the epoch lacks the metric
 */
record Layers(String prefix, SortedMap<String, Double> values) {
  private static final int NAMED = 8;

  static Layers in(EpochCompleted epoch, String prefix) {
    SortedMap<String, Double> values = new TreeMap<>();
    epoch
        .metrics()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix) && name.length() > prefix.length()) {
                values.put(name.substring(prefix.length()), value);
              }
            });
    return new Layers(prefix, values);
  }

  private Layers where(DoublePredicate condition) {
    SortedMap<String, Double> matching = new TreeMap<>(values);
    matching.values().removeIf(value -> !condition.test(value));
    return new Layers(prefix, matching);
  }

  /**
   * An alert that names the layers for which a condition holds; its evidence gives the first eight
   * of them by metric, and how many there are.
   *
   * @param limits the settings that they violate, for the evidence
   */
  Checkup unless(
      DoublePredicate unhealthy,
      Severity severity,
      String what,
      Map<String, Double> limits,
      String remedy) {
    if (values.isEmpty()) {
      return Checkup.notMeasured();
    }
    return values.values().stream().noneMatch(unhealthy::test)
        ? Checkup.healthy()
        : Checkup.unhealthy(() -> where(unhealthy).alert(severity, what, limits, remedy));
  }

  /** The first by name. */
  Layers first(int count) {
    SortedMap<String, Double> first = new TreeMap<>();
    values.entrySet().stream().limit(count).forEach(e -> first.put(e.getKey(), e.getValue()));
    return new Layers(prefix, first);
  }

  /** An alert about all of these layers. */
  Verdict.RaiseAlert alert(
      Severity severity, String what, Map<String, Double> limits, String remedy) {
    return new Verdict.RaiseAlert(severity, what + ": " + named(), evidence(limits), remedy);
  }

  /** Such as {@code gradientNorm of layer dense1 is 0.000}, and how many more there are. */
  private String named() {
    String first = values.firstKey();
    String more = values.size() == 1 ? "" : ", and %d more".formatted(values.size() - 1);
    return "%s of layer %s is %s%s"
        .formatted(
            prefix.substring(0, prefix.length() - 1), first, Texts.number(values.get(first)), more);
  }

  private Map<String, Double> evidence(Map<String, Double> limits) {
    Map<String, Double> evidence = new TreeMap<>(limits);
    evidence.put("layers", (double) values.size());
    values.entrySet().stream()
        .limit(NAMED)
        .forEach(layer -> evidence.put(prefix + layer.getKey(), layer.getValue()));
    return evidence;
  }
}
