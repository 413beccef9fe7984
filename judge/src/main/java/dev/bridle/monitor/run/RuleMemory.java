package dev.bridle.monitor.run;

import dev.bridle.events.SignalId;
import dev.bridle.monitor.policy.Policy;
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

  RuleMemory withOpenAlerts(Map<String, SignalId> alerts) {
    return new RuleMemory(states, stopWishes, said, alerts);
  }
}
