package dev.bridle.trainer.spec;

import java.util.regex.Pattern;

/** Checks of the specs' constructors. */
final class Require {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Require() {}

  static <T> T present(String field, T value) {
    if (value == null) {
      throw new InvalidFieldException(field, "is required");
    }
    return value;
  }

  static <T> T orElse(T value, T fallback) {
    return value == null ? fallback : value;
  }

  static String text(String field, int longest, String value) {
    if (present(field, value).isBlank()) {
      throw new InvalidFieldException(field, "should not be blank");
    }
    if (value.length() > longest) {
      throw new InvalidFieldException(
          field, "should have at most %d characters: had %d".formatted(longest, value.length()));
    }
    return value;
  }

  static String name(String field, String value) {
    if (!NAME.matcher(present(field, value)).matches()) {
      throw new InvalidFieldException(
          field,
          "should be 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or"
              + " a digit: was '%s'".formatted(value));
    }
    return value;
  }

  static int between(String field, int low, int high, int value) {
    if (value < low || value > high) {
      throw new InvalidFieldException(
          field, "should be between %d and %d: was %d".formatted(low, high, value));
    }
    return value;
  }

  /** In [low, high). */
  static double from(String field, double low, double high, double value) {
    if (!(value >= low && value < high)) {
      throw new InvalidFieldException(
          field, "should be at least %s and below %s: was %s".formatted(low, high, value));
    }
    return value;
  }

  /** In (low, high]. */
  static double above(String field, double low, double high, double value) {
    if (!(value > low && value <= high)) {
      throw new InvalidFieldException(
          field, "should be above %s and at most %s: was %s".formatted(low, high, value));
    }
    return value;
  }
}
