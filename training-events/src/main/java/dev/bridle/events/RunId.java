package dev.bridle.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names one training run everywhere: the key of its events, a path segment, a folder.
 *
 * @param value 1 to 63 lower-case letters, digits, dots, underscores and hyphens, the first and the
 *     last a letter or a digit
 */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
  private static final Pattern LEGAL = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {
    if (value == null || !LEGAL.matcher(value).matches()) {
      throw new IllegalArgumentException("run should match " + LEGAL + ": was '" + value + "'");
    }
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
