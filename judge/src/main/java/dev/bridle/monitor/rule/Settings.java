package dev.bridle.monitor.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A rule's settings in a policy: checked, with the defaults filled in. */
public final class Settings {
  private final Map<String, Object> values;

  private Settings(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * Checks what a policy says against what the rule documents.
   *
   * @param key where the rule stands: {@code policy.rules[0]}
   * @throws InvalidPolicyException on an unknown setting or a value out of its limits
   */
  static Settings checked(String key, List<Setting> documented, Map<String, Object> given) {
    Map<String, Object> values = new HashMap<>();
    documented.forEach(setting -> values.put(setting.name(), setting.defaultValue()));
    given.forEach(
        (name, value) -> {
          Setting setting =
              documented.stream()
                  .filter(candidate -> candidate.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> unknown(key + "." + name, documented));
          if (value != null) {
            values.put(name, setting.checked(key + "." + name, value));
          }
        });
    return new Settings(values);
  }

  public int wholeNumber(String name) {
    return (Integer) values.get(name);
  }

  public double number(String name) {
    return (Double) values.get(name);
  }

  public OptionalDouble optionalNumber(String name) {
    Object value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
  }

  public String text(String name) {
    return (String) values.get(name);
  }

  private static InvalidPolicyException unknown(String key, List<Setting> documented) {
    List<String> known = documented.stream().map(Setting::name).toList();
    return new InvalidPolicyException(key, "is no setting of this rule: it has " + known);
  }
}
