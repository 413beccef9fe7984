package dev.bridle.monitor.run;

import dev.bridle.events.PolicySpec;
import dev.bridle.events.SignalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is remembered of a run between two events: bounded by its policy, not by its length.
 *
 * @param attempt events of lower ones are superseded
 * @param lastEpoch the highest that was taken in; 0 before the first
 * @param judging false once a stop was decided or the attempt ended: nothing is judged any more
 * @param policy the rules in force
 * @param ruleStates of the policy's rules, in their order
 * @param stopWishes the names of the rules that wished to stop, in the order of their wishes
 * @param openAlerts the alerts that have not been resolved, by rule
 */
public record RunState(
    int attempt,
    int lastEpoch,
    boolean judging,
    PolicySpec policy,
    List<Object> ruleStates,
    List<String> stopWishes,
    Map<String, SignalId> openAlerts) {
  public RunState {
    ruleStates = List.copyOf(ruleStates);
    stopWishes = List.copyOf(stopWishes);
    openAlerts = Map.copyOf(openAlerts);
  }

  RunState withLastEpoch(int epoch) {
    return new RunState(attempt, epoch, judging, policy, ruleStates, stopWishes, openAlerts);
  }

  RunState withRuleState(int rule, Object state) {
    List<Object> states = new ArrayList<>(ruleStates);
    states.set(rule, state);
    return new RunState(attempt, lastEpoch, judging, policy, states, stopWishes, openAlerts);
  }

  RunState withStopWish(String rule) {
    List<String> wishes = new ArrayList<>(stopWishes);
    wishes.add(rule);
    return new RunState(attempt, lastEpoch, judging, policy, ruleStates, wishes, openAlerts);
  }

  RunState withOpenAlert(String rule, SignalId alert) {
    Map<String, SignalId> alerts = new TreeMap<>(openAlerts);
    alerts.put(rule, alert);
    return new RunState(attempt, lastEpoch, judging, policy, ruleStates, stopWishes, alerts);
  }

  RunState withoutOpenAlert(String rule) {
    Map<String, SignalId> alerts = new TreeMap<>(openAlerts);
    alerts.remove(rule);
    return new RunState(attempt, lastEpoch, judging, policy, ruleStates, stopWishes, alerts);
  }

  RunState judgingNoMore() {
    return new RunState(attempt, lastEpoch, false, policy, ruleStates, stopWishes, openAlerts);
  }
}
