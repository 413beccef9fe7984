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
 * @param outputs those asked for; empty when the request leaves the choice
 * @param binary whether outputs are binary that don't say so themselves
 */
record InferRequest(
    Optional<String> id,
    Map<String, JsonNode> parameters,
    List<Input> inputs,
    Optional<List<Output>> outputs,
    boolean binary) {

  /**
   * @param data the elements in native order; {@code elements} of them
   */
  record Input(String name, Datatype datatype, List<Long> shape, int elements, ByteBuffer data) {}

  /**
   * @param binary whether its data should follow the JSON; empty when the request decides for all
   */
  record Output(String name, Optional<Boolean> binary) {}

  /** The same inputs, asked otherwise. */
  InferRequest with(Map<String, JsonNode> otherParameters, List<String> names) {
    List<Output> wanted = names.stream().map(name -> new Output(name, Optional.of(false))).toList();
    return new InferRequest(id, otherParameters, inputs, Optional.of(wanted), false);
  }

  boolean isBinary(String output) {
    return outputs.stream()
        .flatMap(List::stream)
        .filter(wanted -> wanted.name().equals(output))
        .findFirst()
        .flatMap(Output::binary)
        .orElse(binary);
  }
}
