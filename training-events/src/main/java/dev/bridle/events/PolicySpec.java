package dev.bridle.events;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The rules that a run is to be judged by, as its submission spells them; the monitor knows which
 * rules and settings exist.
 *
 * @param combine how the rules' wishes to stop add up: {@code any}, {@code all} or {@code kOfN}
 * @param k under {@code kOfN}: how many rules have to wish it
 * @param warmUp the first epochs, which no rule sees; empty for none
 * @param rules one map a rule: {@code "rule"} names it, {@code "action"} says what its verdicts
 *     lead to, every other key is one of its settings
 */
public record PolicySpec(
    String combine, OptionalInt k, OptionalInt warmUp, List<Map<String, Object>> rules) {
  public PolicySpec {
    combine = combine == null ? "any" : combine;
    k = k == null ? OptionalInt.empty() : k;
    warmUp = warmUp == null ? OptionalInt.empty() : warmUp;
    rules = List.copyOf(Require.notEmpty("policy.rules", rules));
    for (int i = 0; i < rules.size(); i++) {
      if (!(rules.get(i).get("rule") instanceof String name) || name.isBlank()) {
        throw new IllegalArgumentException("policy.rules[" + i + "].rule is required");
      }
    }
  }

  /** Without a warm-up. */
  public PolicySpec(String combine, List<Map<String, Object>> rules) {
    this(combine, OptionalInt.empty(), OptionalInt.empty(), rules);
  }

  /** The same with other rules. */
  public PolicySpec withRules(List<Map<String, Object>> others) {
    return new PolicySpec(combine, k, warmUp, others);
  }
}
