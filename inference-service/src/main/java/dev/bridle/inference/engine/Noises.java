package dev.bridle.inference.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.inference.uncertainty.OutputKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the noise of a model's outputs: a variance beside them, or the trainer's metadata. */
final class Noises {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VARIANCE = "_variance";

  private Noises() {}

  /**
   * @param kinds of the outputs that are sampled
   * @param metadata the model's {@code metadata_props}; {@code heads} is an array of {@code
   *     {"output": ..., "residual_variance": ...}}, and anything else is passed over
   */
  static Map<String, Noise> of(
      Map<String, OutputKind> kinds, List<TensorSpec> outputs, Map<String, String> metadata) {
    Map<String, Noise> noises = new HashMap<>();
    for (JsonNode head : heads(metadata.get("heads"))) {
      double variance = head.path("residual_variance").asDouble(Double.NaN);
      String output = head.path("output").asText();
      if (variance >= 0 && variance < Double.POSITIVE_INFINITY) {
        noises.put(output, new Noise.Residual(variance));
      }
    }
    for (TensorSpec output : outputs) {
      String variance = output.name() + VARIANCE;
      boolean sameShape =
          outputs.stream()
              .anyMatch(
                  other -> other.name().equals(variance) && other.shape().equals(output.shape()));
      if (sameShape && kinds.containsKey(variance)) {
        noises.put(output.name(), new Noise.Predicted(variance));
      }
    }
    noises.keySet().removeIf(output -> kinds.get(output) != OutputKind.VALUES);
    return noises;
  }

  private static JsonNode heads(String json) {
    try {
      return JSON.readTree(json == null ? "[]" : json);
    } catch (JsonProcessingException e) {
      return JSON.createArrayNode();
    }
  }
}
