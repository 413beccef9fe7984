package dev.bridle.monitor.run;

import dev.bridle.events.PolicyOrigin;
import dev.bridle.monitor.policy.Policy;

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
 * @param memory of the policy's rules
 */
public record RunState(
    int attempt,
    int lastEpoch,
    String experiment,
    boolean ended,
    int stopEpoch,
    Policy policy,
    PolicyOrigin origin,
    RuleMemory memory) {

  /** Before the first epoch. */
  static RunState initial(int attempt, String experiment, Policy policy, PolicyOrigin origin) {
    return new RunState(
        attempt, 0, experiment, false, 0, policy, origin, RuleMemory.initial(policy));
  }

  /** Whether epochs are judged: not once a stop was decided or the attempt ended. */
  public boolean judging() {
    return !ended && stopEpoch == 0;
  }

  RunState withLastEpoch(int epoch) {
    return new RunState(attempt, epoch, experiment, ended, stopEpoch, policy, origin, memory);
  }

  RunState withStopEpoch(int epoch) {
    return new RunState(attempt, lastEpoch, experiment, ended, epoch, policy, origin, memory);
  }

  RunState whenEnded() {
    return new RunState(attempt, lastEpoch, experiment, true, stopEpoch, policy, origin, memory);
  }

  /** After an epoch that was judged. */
  RunState after(int epoch, int stop, RuleMemory next) {
    return new RunState(attempt, epoch, experiment, ended, stop, policy, origin, next);
  }

  RunState withMemory(RuleMemory next) {
    return new RunState(attempt, lastEpoch, experiment, ended, stopEpoch, policy, origin, next);
  }
}
