package dev.bridle.events;

import java.util.Collection;
import java.util.regex.Pattern;

/** Checks of the events' constructors; every message names the field, the limit and the value. */
final class Require {
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Require() {}

  static <T> T present(String field, T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is required");
    }
    return value;
  }

  static String text(String field, String value) {
    if (present(field, value).isBlank()) {
      throw new IllegalArgumentException(field + " should not be blank");
    }
    return value;
  }

  static long atLeast(String field, long limit, long value) {
    if (value < limit) {
      throw new IllegalArgumentException(field + " should be at least " + limit + ": was " + value);
    }
    return value;
  }

  static <T extends Collection<?>> T notEmpty(String field, T values) {
    if (present(field, values).isEmpty()) {
      throw new IllegalArgumentException(field + " should not be empty");
    }
    return values;
  }

  /** The name that a model is served under. */
  static String model(String value) {
    return matching("model", MODEL, value);
  }

  static String sha256(String value) {
    return matching("sha256", SHA256, value);
  }

  private static String matching(String field, Pattern pattern, String value) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(
          field + " should match " + pattern + ": was '" + value + "'");
    }
    return value;
  }
}
