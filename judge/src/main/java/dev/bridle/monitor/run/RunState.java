package dev.bridle.monitor.run;

import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.SignalId;
import dev.bridle.monitor.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered of a run between two events: bounded by its policy, not by its length.
 *
 * @param attempt events of lower ones are superseded
 * @param lastEpoch the highest that was taken in; 0 before the first
 * @param experiment that the run belongs to; empty if it was never announced
 * @param ended whether the attempt is over
 * @param stopEpoch after which a stop was decided; 0 if none was
 * @param policy the rules in force
 * @param origin who said so
 * @param ruleStates of the policy's rules, in their order
 * @param stopWishes the names of the rules that wished to stop
 * @param said the names of the rules that have said what they would repeat
 * @param openAlerts the alerts that have not been resolved, by rule
 */
public record RunState(
    int attempt,
    int lastEpoch,
    String experiment,
    boolean ended,
    int stopEpoch,
    Policy policy,
    PolicyOrigin origin,
    List<Object> ruleStates,
    Set<String> stopWishes,
    Set<String> said,
    Map<String, SignalId> openAlerts) {
  public RunState {
    ruleStates = List.copyOf(ruleStates);
    stopWishes = Set.copyOf(stopWishes);
    said = Set.copyOf(said);
    openAlerts = Map.copyOf(openAlerts);
  }

  /** Before the first epoch. */
  static RunState initial(int attempt, String experiment, Policy policy, PolicyOrigin origin) {
    List<Object> states =
        policy.rules().stream().<Object>map(rule -> rule.rule().initial()).toList();
    return new RunState(
        attempt, 0, experiment, false, 0, policy, origin, states, Set.of(), Set.of(), Map.of());
  }

  /** Whether epochs are judged: not once a stop was decided or the attempt ended. */
  public boolean judging() {
    return !ended && stopEpoch == 0;
  }

  RunState withLastEpoch(int epoch) {
    return new RunState(
        attempt,
        epoch,
        experiment,
        ended,
        stopEpoch,
        policy,
        origin,
        ruleStates,
        stopWishes,
        said,
        openAlerts);
  }

  RunState withStopEpoch(int epoch) {
    return new RunState(
        attempt,
        lastEpoch,
        experiment,
        ended,
        epoch,
        policy,
        origin,
        ruleStates,
        stopWishes,
        said,
        openAlerts);
  }

  RunState whenEnded() {
    return new RunState(
        attempt,
        lastEpoch,
        experiment,
        true,
        stopEpoch,
        policy,
        origin,
        ruleStates,
        stopWishes,
        said,
        openAlerts);
  }

  RunState withOpenAlerts(Map<String, SignalId> alerts) {
    return new RunState(
        attempt,
        lastEpoch,
        experiment,
        ended,
        stopEpoch,
        policy,
        origin,
        ruleStates,
        stopWishes,
        said,
        alerts);
  }
}
