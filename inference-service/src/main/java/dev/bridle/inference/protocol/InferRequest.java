package dev.bridle.inference.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.engine.Datatype;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An infer request as it was read, not yet held against a model.
 *
 * @param parameters strings, numbers and booleans
 * @param outputs the names asked for; empty when the request leaves the choice
 */
record InferRequest(
    Optional<String> id,
    Map<String, JsonNode> parameters,
    List<Input> inputs,
    Optional<List<String>> outputs) {

  /**
   * @param data the elements in native order; {@code elements} of them
   */
  record Input(String name, Datatype datatype, List<Long> shape, int elements, ByteBuffer data) {}
}
