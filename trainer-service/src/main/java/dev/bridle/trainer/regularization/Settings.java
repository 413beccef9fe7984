package dev.bridle.trainer.regularization;

import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RegularizerSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the settings of one technique, and remembers which there are, and their limits. */
final class Settings {
  private final String path;
  private final RegularizerSpec spec;
  private final Map<String, Map<String, Object>> known = new TreeMap<>();

  /**
   * @param path of the technique in the submission: {@code regularization[0]}
   */
  Settings(String path, RegularizerSpec spec) {
    this.path = path;
    this.spec = spec;
    known.put(RegularizerSpec.TECHNIQUE, Map.of("const", spec.technique()));
  }

  /** A number in [low, high]. */
  double number(String name, double fallback, double low, double high) {
    know(name, "number", fallback, low, high);
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
    know(name, "integer", fallback, low, high);
    if (given != Math.rint(given)) {
      throw invalid(name, "should be a whole number: was " + given);
    }
    return (int) given;
  }

  /** One of several words, the first if it isn't given. */
  String choice(String name, List<String> words) {
    known.put(name, Map.of("enum", words, "default", words.get(0)));
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
      if (!known.containsKey(name)) {
        throw invalid(
            name, "is not a known field: known here are " + String.join(", ", known.keySet()));
      }
    }
  }

  /** What was read so far, as the properties of a JSON Schema. */
  Map<String, Map<String, Object>> schema() {
    return known;
  }

  private void know(String name, String type, Number fallback, Number low, Number high) {
    known.put(name, Map.of("type", type, "default", fallback, "minimum", low, "maximum", high));
  }

  private InvalidFieldException invalid(String name, String rule) {
    return new InvalidFieldException(path + "." + name, rule);
  }
}
