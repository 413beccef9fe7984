package dev.bridle.monitor.policy;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.rule.Judged;
import dev.bridle.monitor.rule.Rule;

/**
 * A rule at its place in a policy.
 *
 * @param name unique in the policy: the rule's own, with {@code -2} and so on behind a repeated one
 * @param stops whether it may wish to stop
 */
public record PolicyRule<S>(String name, boolean stops, Class<S> stateType, Rule<S> rule) {
  /**
   * Judges with a state that this rule returned before, or its initial one.
   *
   * @throws ClassCastException if the state is another rule's
   */
  public Judged<S> judge(Object state, EpochCompleted epoch) {
    return rule.judge(stateType.cast(state), epoch);
  }
}
