package dev.bridle.monitor.rule;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A kind of rule: what a policy calls it, what can be set, how it is made.
 *
 * @param name as policies spell it
 * @param stops whether it may ask for a stop: under {@code all}, every such rule has to
 * @param stateType what it remembers, for whoever stores it
 */
public record RuleDefinition<S>(
    String name,
    boolean stops,
    String description,
    List<Setting> settings,
    Class<S> stateType,
    Function<Settings, Rule<S>> factory) {
  public RuleDefinition {
    settings = List.copyOf(settings);
  }

  /**
   * Makes the rule.
   *
   * @param key where it stands in the policy, for errors: {@code policy.rules[0]}
   * @throws InvalidPolicyException on an unknown setting or a value out of its limits
   */
  public Rule<S> rule(String key, Map<String, Object> given) {
    return factory.apply(Settings.checked(key, settings, given));
  }
}
