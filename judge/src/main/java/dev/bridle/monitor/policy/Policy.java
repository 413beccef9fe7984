package dev.bridle.monitor.policy;

import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.rule.RuleCatalog;
import dev.bridle.monitor.rule.RuleDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules that judge a run. */
public record Policy(Combine combine, List<PolicyRule<?>> rules) {
  private static final PolicySpec DEFAULT =
      new PolicySpec(
          "any", List.of(Map.of("rule", "patience"), Map.of("rule", "generalizationGap")));

  public Policy {
    rules = List.copyOf(rules);
  }

  /** What judges a run that brings no policy: patience and generalizationGap by their defaults. */
  public static PolicySpec defaultSpec() {
    return DEFAULT;
  }

  /**
   * Reads a policy as a run's submission spells it.
   *
   * @throws InvalidPolicyException naming the full key of an unknown rule or setting, or of a value
   *     out of its limits
   */
  public static Policy of(PolicySpec spec) {
    Combine combine = Combine.named(spec.combine());
    Map<String, Integer> seen = new HashMap<>();
    List<PolicyRule<?>> rules = new ArrayList<>();
    for (int i = 0; i < spec.rules().size(); i++) {
      String key = "policy.rules[" + i + "]";
      Map<String, Object> settings = new HashMap<>(spec.rules().get(i));
      String kind = (String) settings.remove("rule");
      RuleDefinition<?> definition = RuleCatalog.named(key + ".rule", kind);
      int count = seen.merge(kind, 1, Integer::sum);
      rules.add(rule(definition, count == 1 ? kind : kind + "-" + count, key, settings));
    }
    return new Policy(combine, rules);
  }

  /** Whether these wishes to stop, at most one a rule, end the run. */
  public boolean stopsBy(int wishes) {
    long stopping = rules.stream().filter(PolicyRule::stops).count();
    return combine.satisfiedBy(wishes, Math.toIntExact(stopping));
  }

  private static <S> PolicyRule<S> rule(
      RuleDefinition<S> definition, String name, String key, Map<String, Object> settings) {
    return new PolicyRule<>(
        name, definition.stops(), definition.stateType(), definition.rule(key, settings));
  }
}
