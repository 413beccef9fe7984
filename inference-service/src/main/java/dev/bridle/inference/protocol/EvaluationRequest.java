package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * An infer request with the truth beside it.
 *
 * @param output the one to evaluate; empty for the model's first
 * @param labels the truth, flat
 * @param other rows of another kind than the model should know, to be asked in the same way
 */
record EvaluationRequest(
    InferRequest asked, Optional<String> output, double[] labels, Optional<InferRequest> other) {
  static EvaluationRequest read(byte[] body) {
    JsonNode root = InferRequestReader.tree(body);
    JsonNode output = root.get("output");
    if (output != null && !output.isTextual()) {
      throw badRequest("output should be a string: was %s", InferRequestReader.kind(output));
    }
    InferRequest asked = InferRequestReader.read(root);
    return new EvaluationRequest(
        asked,
        Optional.ofNullable(output).map(JsonNode::textValue),
        labels(root.get("labels")),
        Optional.ofNullable(root.get("out_of_distribution"))
            .map(InferRequestReader::read)
            .map(other -> other.with(asked.parameters(), List.of())));
  }

  static double[] labels(JsonNode labels) {
    if (labels == null || !labels.isArray() || labels.isEmpty()) {
      throw badRequest(
          "labels should be an array of at least one number: was %s",
          InferRequestReader.kind(labels));
    }
    return StreamSupport.stream(labels.spliterator(), false)
        .mapToDouble(
            label -> {
              if (!label.isNumber()) {
                throw badRequest("labels should be numbers: one was %s", label);
              }
              return label.doubleValue();
            })
        .toArray();
  }
}
