package dev.bridle.monitor.rule;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One documented setting of a rule.
 *
 * @param defaultValue null where leaving it out means that it isn't in force
 * @param minimum the smallest number allowed
 * @param choices the texts allowed; empty where any is
 */
public record Setting(
    String name,
    Kind kind,
    Object defaultValue,
    double minimum,
    List<String> choices,
    String description) {
  /** What a setting's value is. */
  public enum Kind {
    WHOLE_NUMBER,
    NUMBER,
    FLAG,
    TEXT,
    /** A list of pairs of an epoch and a finite number. */
    CURVE
  }

  public static Setting wholeNumber(
      String name, int defaultValue, int minimum, String description) {
    return new Setting(name, Kind.WHOLE_NUMBER, defaultValue, minimum, List.of(), description);
  }

  public static Setting number(
      String name, double defaultValue, double minimum, String description) {
    return new Setting(name, Kind.NUMBER, defaultValue, minimum, List.of(), description);
  }

  /** A whole number whose default depends on another setting. */
  public static Setting optionalWholeNumber(String name, int minimum, String description) {
    return new Setting(name, Kind.WHOLE_NUMBER, null, minimum, List.of(), description);
  }

  /** A number that is not in force, or has a default that depends on another setting. */
  public static Setting optionalNumber(String name, String description) {
    return optionalNumber(name, Double.NEGATIVE_INFINITY, description);
  }

  /** The same, with a least value. */
  public static Setting optionalNumber(String name, double minimum, String description) {
    return new Setting(name, Kind.NUMBER, null, minimum, List.of(), description);
  }

  /** A yes or no whose default depends on another setting. */
  public static Setting optionalFlag(String name, String description) {
    return new Setting(name, Kind.FLAG, null, 0, List.of(), description);
  }

  /** One of some texts, with a default that depends on another setting. */
  public static Setting optionalChoice(String name, List<String> choices, String description) {
    return new Setting(name, Kind.TEXT, null, 0, choices, description);
  }

  /** Numbers at epochs; none where it is left out. */
  public static Setting curve(String name, String description) {
    return new Setting(name, Kind.CURVE, null, 0, List.of(), description);
  }

  public static Setting text(String name, String defaultValue, String description) {
    return new Setting(name, Kind.TEXT, defaultValue, 0, List.of(), description);
  }

  public static Setting choice(String name, List<String> choices, String description) {
    return new Setting(name, Kind.TEXT, choices.get(0), 0, choices, description);
  }

  /**
   * The value as it was given, checked.
   *
   * @param key where it stands in the policy: {@code policy.rules[0].patience}
   */
  Object checked(String key, Object given) {
    return switch (kind) {
      case WHOLE_NUMBER -> wholeNumber(key, given);
      case NUMBER -> number(key, given);
      case FLAG -> flag(key, given);
      case TEXT -> text(key, given);
      case CURVE -> curve(key, given);
    };
  }

  private Object wholeNumber(String key, Object given) {
    double value = number(key, given);
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      throw new InvalidPolicyException(key, "should be a whole number: was " + given);
    }
    return (int) value;
  }

  private double number(String key, Object given) {
    if (!(given instanceof Number value) || !Double.isFinite(value.doubleValue())) {
      throw new InvalidPolicyException(key, "should be a finite number: was " + given);
    }
    if (value.doubleValue() < minimum) {
      throw new InvalidPolicyException(key, "should be at least " + minimum + ": was " + given);
    }
    return value.doubleValue();
  }

  private static Object flag(String key, Object given) {
    if (!(given instanceof Boolean)) {
      throw new InvalidPolicyException(key, "should be true or false: was " + given);
    }
    return given;
  }

  private static Object curve(String key, Object given) {
    NavigableMap<Integer, Double> curve = new TreeMap<>();
    if (!(given instanceof List<?> points)) {
      throw new InvalidPolicyException(key, "should be a list of [epoch, number]: was " + given);
    }
    for (Object point : points) {
      if (!(point instanceof List<?> pair)
          || pair.size() != 2
          || !(pair.get(0) instanceof Number epoch)
          || !(pair.get(1) instanceof Number value)
          || !Double.isFinite(value.doubleValue())) {
        throw new InvalidPolicyException(
            key, "should be a list of [epoch, number]: there was " + point);
      }
      curve.put(epoch.intValue(), value.doubleValue());
    }
    return Collections.unmodifiableNavigableMap(curve);
  }

  private Object text(String key, Object given) {
    if (!(given instanceof String value) || value.isBlank()) {
      throw new InvalidPolicyException(key, "should be a text: was " + given);
    }
    if (!choices.isEmpty() && !choices.contains(value)) {
      throw new InvalidPolicyException(key, "should be one of " + choices + ": was " + value);
    }
    return value;
  }
}
