package dev.bridle.monitor.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A rule's settings in a policy: checked, with the defaults filled in. */
public final class Settings {
  private final String key;
  private final Map<String, Object> values;

  private Settings(String key, Map<String, Object> values) {
    this.key = key;
    this.values = values;
  }

  /**
   * Checks what a policy says against what the rule documents.
   *
   * @param key where the rule stands: {@code policy.rules[0]}
   * @throws InvalidPolicyException on an unknown setting or a value out of its limits
   */
  public static Settings checked(String key, List<Setting> documented, Map<String, Object> given) {
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
    return new Settings(key, values);
  }

  public int wholeNumber(String name) {
    return (Integer) values.get(name);
  }

  public double number(String name) {
    return (Double) values.get(name);
  }

  /**
   * A number in (0, limit).
   *
   * @throws InvalidPolicyException if it isn't
   */
  double numberBelow(String name, double limit) {
    double value = number(name);
    if (!(value > 0 && value < limit)) {
      throw new InvalidPolicyException(
          key + "." + name,
          "should be between 0 and %s, exclusive: was %s".formatted(limit, value));
    }
    return value;
  }

  public OptionalDouble optionalNumber(String name) {
    Object value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
  }

  /** Empty where the policy leaves it out. */
  @SuppressWarnings("unchecked") // as Setting checked it
  public NavigableMap<Integer, Double> curve(String name) {
    Object value = values.get(name);
    return value == null ? new TreeMap<>() : (NavigableMap<Integer, Double>) value;
  }

  public String text(String name) {
    return (String) values.get(name);
  }

  /** The value, or the fallback where the policy leaves it out. */
  public int wholeNumber(String name, int fallback) {
    return values.get(name) == null ? fallback : wholeNumber(name);
  }

  /** The value, or the fallback where the policy leaves it out. */
  public double number(String name, double fallback) {
    return values.get(name) == null ? fallback : number(name);
  }

  /** The value, or the fallback where the policy leaves it out. */
  public boolean flag(String name, boolean fallback) {
    return values.get(name) == null ? fallback : (Boolean) values.get(name);
  }

  /** The value, or the fallback where the policy leaves it out. */
  public String text(String name, String fallback) {
    return values.get(name) == null ? fallback : text(name);
  }

  /**
   * Refuses settings that have no meaning beside the others.
   *
   * @param because completes "does not apply: "
   * @throws InvalidPolicyException if the policy gives one of them
   */
  void refuse(List<String> names, String because) {
    for (String name : names) {
      if (values.get(name) != null) {
        throw new InvalidPolicyException(key + "." + name, "does not apply: " + because);
      }
    }
  }

  private static InvalidPolicyException unknown(String key, List<Setting> documented) {
    List<String> known = documented.stream().map(Setting::name).toList();
    return new InvalidPolicyException(key, "is no setting of this rule: it has " + known);
  }
}
