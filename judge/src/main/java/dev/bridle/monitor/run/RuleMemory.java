package dev.bridle.monitor.run;

import dev.bridle.events.SignalId;
import dev.bridle.monitor.policy.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules of a run's policy remember, and what came of their verdicts so far.
 *
 * @param states of the rules, in their order in the policy
 * @param stopWishes the names of the rules that wished to stop
 * @param said the names of the rules that have said what they would repeat
 * @param openAlerts the alerts that have not been resolved, by rule
 */
public record RuleMemory(
    List<Object> states,
    Set<String> stopWishes,
    Set<String> said,
    Map<String, SignalId> openAlerts) {
  public RuleMemory {
    states = List.copyOf(states);
    stopWishes = Set.copyOf(stopWishes);
    said = Set.copyOf(said);
    openAlerts = Map.copyOf(openAlerts);
  }

  /** Before the first epoch. */
  static RuleMemory initial(Policy policy) {
    List<Object> states =
        policy.rules().stream().<Object>map(rule -> rule.rule().initial()).toList();
    return new RuleMemory(states, Set.of(), Set.of(), Map.of());
  }

  RuleMemory withStates(List<Object> next) {
    return new RuleMemory(next, stopWishes, said, openAlerts);
  }

  RuleMemory withWish(String rule) {
    return stopWishes.contains(rule)
        ? this
        : new RuleMemory(states, with(stopWishes, rule), said, openAlerts);
  }

  RuleMemory withSaid(String rule) {
    return said.contains(rule)
        ? this
        : new RuleMemory(states, stopWishes, with(said, rule), openAlerts);
  }

  RuleMemory withoutSaid(String rule) {
    return new RuleMemory(states, stopWishes, without(said, rule), openAlerts);
  }

  RuleMemory withOpenAlert(String rule, SignalId id) {
    Map<String, SignalId> alerts = new HashMap<>(openAlerts);
    alerts.put(rule, id);
    return withOpenAlerts(alerts);
  }

  RuleMemory withoutOpenAlert(String rule) {
    Map<String, SignalId> alerts = new HashMap<>(openAlerts);
    alerts.remove(rule);
    return withOpenAlerts(alerts);
  }

  RuleMemory withOpenAlerts(Map<String, SignalId> alerts) {
    return new RuleMemory(states, stopWishes, said, alerts);
  }

  private static Set<String> with(Set<String> names, String one) {
    Set<String> more = new HashSet<>(names);
    more.add(one);
    return more;
  }

  private static Set<String> without(Set<String> names, String one) {
    Set<String> fewer = new HashSet<>(names);
    fewer.remove(one);
    return fewer;
  }
}
