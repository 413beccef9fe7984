package dev.bridle.events;

import java.util.Collection;

/** Checks of the events' constructors; every message names the field, the limit and the value. */
final class Require {
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

  static int atLeast(String field, int limit, int value) {
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
}
