package dev.bridle.monitor.policy;

import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.rule.MedianOfFinished;
import dev.bridle.monitor.rule.Rule;
import dev.bridle.monitor.rule.RuleCatalog;
import dev.bridle.monitor.rule.RuleDefinition;
import dev.bridle.monitor.rule.StalledRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that judge a run.
 *
 * @param spec as it was written
 * @param wishesNeeded how many rules have to wish a stop
 */
public record Policy(PolicySpec spec, int wishesNeeded, List<PolicyRule<?>> rules) {
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
    if (warmUp(spec) < 0) {
      throw new InvalidPolicyException(
          "policy.warmUp", "should be at least 0: was " + warmUp(spec));
    }
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
    long stopping = rules.stream().filter(PolicyRule::stops).count();
    return new Policy(spec, Combine.wishesNeeded(spec, Math.toIntExact(stopping)), rules);
  }

  /** Whether these wishes to stop, at most one a rule, end the run. */
  public boolean stopsBy(int wishes) {
    return wishes >= wishesNeeded;
  }

  /** Whether the rules see an epoch: not the first ones, where the policy warms up. */
  public boolean sees(int epoch) {
    return epoch > warmUp(spec);
  }

  /** How long the run may be silent: zero for ever; empty where the policy doesn't say. */
  public Optional<Duration> silenceAllowed() {
    for (PolicyRule<?> rule : rules) {
      if (rule.rule() instanceof StalledRun stalled) {
        return Optional.of(stalled.silenceAllowed());
      }
    }
    return Optional.empty();
  }

  /** Whether that was asked for, before what its rules take from finished runs was frozen in it. */
  public boolean isAskedAs(PolicySpec asked) {
    if (asked.rules().size() != spec.rules().size()) {
      return false;
    }
    List<Map<String, Object>> said = new ArrayList<>();
    for (int i = 0; i < asked.rules().size(); i++) {
      Map<String, Object> rule = new HashMap<>(spec.rules().get(i));
      if (!asked.rules().get(i).containsKey(MedianOfFinished.REFERENCE)) {
        rule.remove(MedianOfFinished.REFERENCE);
      }
      said.add(rule);
    }
    return asked.equals(spec.withRules(said));
  }

  private static int warmUp(PolicySpec spec) {
    return spec.warmUp().orElse(0);
  }

  private static <S> PolicyRule<S> rule(
      RuleDefinition<S> definition, String name, String key, Map<String, Object> settings) {
    Optional<Action> action =
        Optional.ofNullable(settings.remove("action"))
            .map(said -> Action.of(key + ".action", said));
    Rule<S> rule = definition.rule(key, settings);
    if (rule instanceof StalledRun && action.isPresent()) {
      throw new InvalidPolicyException(
          key + ".action", "does not apply: of a silent run there can only be an alert");
    }
    return new PolicyRule<>(name, definition.stops(), action, definition.stateType(), rule);
  }
}
