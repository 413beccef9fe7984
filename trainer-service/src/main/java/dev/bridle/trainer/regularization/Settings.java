package dev.bridle.trainer.regularization;

import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RegularizerSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the settings of one technique, and remembers which there are. */
final class Settings {
  private final String path;
  private final RegularizerSpec spec;
  private final Set<String> known = new TreeSet<>(Set.of(RegularizerSpec.TECHNIQUE));

  /**
   * @param path of the technique in the submission: {@code regularization[0]}
   */
  Settings(String path, RegularizerSpec spec) {
    this.path = path;
    this.spec = spec;
  }

  /** A number in [low, high]. */
  double number(String name, double fallback, double low, double high) {
    known.add(name);
    Object value = spec.settings().getOrDefault(name, fallback);
    if (!(value instanceof Number number)) {
      throw invalid(name, "should be a number: was " + value);
    }
    double given = number.doubleValue();
    if (!(given >= low && given <= high)) {
      throw invalid(name, "should be between %s and %s: was %s".formatted(low, high, given));
    }
    return given;
  }

  /** A whole number in [low, high]. */
  int wholeNumber(String name, int fallback, int low, int high) {
    double given = number(name, fallback, low, high);
    if (given != Math.rint(given)) {
      throw invalid(name, "should be a whole number: was " + given);
    }
    return (int) given;
  }

  /** One of several words, the first if it isn't given. */
  String choice(String name, List<String> words) {
    known.add(name);
    Object value = spec.settings().getOrDefault(name, words.get(0));
    if (!words.contains(value)) {
      throw invalid(
          name, "should be one of %s: was '%s'".formatted(String.join(", ", words), value));
    }
    return (String) value;
  }

  /** To be called once all were read. */
  void refuseOthers() {
    for (String name : spec.settings().keySet()) {
      if (!known.contains(name)) {
        throw invalid(name, "is not a known field: known here are " + String.join(", ", known));
      }
    }
  }

  private InvalidFieldException invalid(String name, String rule) {
    return new InvalidFieldException(path + "." + name, rule);
  }
}
