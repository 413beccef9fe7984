package dev.bridle.monitor.policy;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.rule.Judged;
import dev.bridle.monitor.rule.Rule;
import dev.bridle.monitor.rule.Verdict;
import java.util.Optional;

/**
 * A rule at its place in a policy.
 *
 * @param name unique in the policy: the rule's own, with {@code -2} and so on behind a repeated one
 * @param mayStop whether it may ask for a stop
 * @param action what its verdicts lead to; empty for what it says
 */
public record PolicyRule<S>(
    String name, boolean mayStop, Optional<Action> action, Class<S> stateType, Rule<S> rule) {
  /**
   * Judges with a state that this rule returned before, or its initial one.
   *
   * @throws ClassCastException if the state is another rule's
   */
  public Judged<S> judge(Object state, EpochCompleted epoch) {
    return rule.judge(stateType.cast(state), epoch);
  }

  /** What the policy makes of the rule's verdict. */
  public Verdict meant(Verdict verdict) {
    return action.map(verdict::accept).orElse(verdict);
  }

  /** Whether its wish counts among those that stop the run. */
  public boolean stops() {
    return action.map(Action::stops).orElse(mayStop);
  }

  /** Whether its stop, which it repeats while it holds, leads to something that is said once. */
  public boolean saysOnceWhatItRepeats() {
    return mayStop && !stops();
  }
}
