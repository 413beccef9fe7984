package dev.bridle.inference.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.engine.Datatype;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** Parameters that say no more than how a plain answer is written. */
  private static final Set<String> WRITING = Set.of("binary_data_output");

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

  /** Whether its parameters ask for nothing beyond a model's outputs as they are, at any time. */
  boolean isPlain() {
    return WRITING.containsAll(parameters.keySet());
  }

  boolean isBinary(String output) {
    for (Output wanted : outputs.orElse(List.of())) {
      if (wanted.name().equals(output)) {
        return wanted.binary().orElse(binary);
      }
    }
    return binary;
  }
}
