package dev.bridle.trainer.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much rows of each class count in the loss, relative to each other: in JSON {@code
 * "balanced"}, which is the inverse of the class's share of the training rows, or weights by class,
 * 1 for those that aren't named.
 *
 * @param weights in (0, 1000]; empty for balanced ones
 */
public record ClassWeights(Map<String, Double> weights) {
  private static final String BALANCED = "balanced";

  public ClassWeights {
    weights.forEach(
        (name, weight) -> {
          if (!(weight > 0 && weight <= 1000)) {
            throw new IllegalArgumentException(
                "the weight of '%s' should be above 0 and at most 1000: was %s"
                    .formatted(name, weight));
          }
        });
    weights = Map.copyOf(weights);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ClassWeights of(JsonNode json) {
    if (json.isTextual() && json.asText().equals(BALANCED)) {
      return new ClassWeights(Map.of());
    }
    if (!json.isObject() || json.isEmpty()) {
      throw new IllegalArgumentException(
          "should be 'balanced' or an object of weights by class: was " + json);
    }
    Map<String, Double> weights = new TreeMap<>();
    json.properties()
        .forEach(
            one -> {
              if (!one.getValue().isNumber()) {
                throw new IllegalArgumentException(
                    "the weight of '%s' should be a number: was %s"
                        .formatted(one.getKey(), one.getValue()));
              }
              weights.put(one.getKey(), one.getValue().asDouble());
            });
    return new ClassWeights(weights);
  }

  public boolean balanced() {
    return weights.isEmpty();
  }

  @JsonValue
  Object json() {
    return balanced() ? BALANCED : new TreeMap<>(weights);
  }
}
