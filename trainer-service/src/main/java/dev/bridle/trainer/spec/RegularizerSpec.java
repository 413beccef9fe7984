package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One technique of regularization as the submission spells it: {@code "technique"} names it, every
 * other key is one of its settings. The catalog of techniques knows which exist.
 */
public record RegularizerSpec(@JsonValue Map<String, Object> settings) {
  /** The key that names the technique. */
  public static final String TECHNIQUE = "technique";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RegularizerSpec {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  public String technique() {
    return (String) settings.get(TECHNIQUE);
  }

  void require(String path) {
    if (!(settings.get(TECHNIQUE) instanceof String name) || name.isBlank()) {
      throw new InvalidFieldException(path + "." + TECHNIQUE, "is required");
    }
  }
}
