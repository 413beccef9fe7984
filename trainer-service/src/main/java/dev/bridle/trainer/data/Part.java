package dev.bridle.trainer.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a row is for, where the data says it. */
public enum Part {
  TRAINING,
  VALIDATION,
  TEST;

  /** The part that a text names: {@code training}, {@code validation} or {@code test}. */
  static Optional<Part> named(String text) {
    return Arrays.stream(values()).filter(part -> part.toString().equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
