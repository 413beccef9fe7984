package dev.bridle.events;

import java.util.List;
import java.util.Map;

/**
 * The rules that a run asks to be judged by, as its submission spells them; the monitor knows which
 * rules and settings exist.
 *
 * @param combine how the rules' wishes to stop add up: {@code any} or {@code all}
 * @param rules one map a rule: {@code "rule"} names it, every other key is one of its settings
 */
public record PolicySpec(String combine, List<Map<String, Object>> rules) {
  public PolicySpec {
    combine = combine == null ? "any" : combine;
    rules = List.copyOf(Require.notEmpty("policy.rules", rules));
    for (int i = 0; i < rules.size(); i++) {
      if (!(rules.get(i).get("rule") instanceof String name) || name.isBlank()) {
        throw new IllegalArgumentException("policy.rules[" + i + "].rule is required");
      }
    }
  }
}
