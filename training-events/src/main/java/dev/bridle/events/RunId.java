package dev.bridle.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one training run everywhere: the key of its events, a path segment, a folder.
 *
 * @param value 1 to 63 lower-case letters, digits, dots, underscores and hyphens, the first and the
 *     last a letter or a digit
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
  private static final String LEGAL = "[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?";
  private static final int LENGTH = 63;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    if (!isLegal(value)) {
      throw new IllegalArgumentException("run should match " + LEGAL + ": was '" + value + "'");
    }
  }

  /** What {@link #LEGAL} says, by hand, since every event that is read asks. */
  private static boolean isLegal(String value) {
    if (value == null || value.isEmpty() || value.length() > LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean inside = i > 0 && i < value.length() - 1;
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!plain && !(inside && (c == '.' || c == '_' || c == '-'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
