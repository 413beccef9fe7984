package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The truth of an answer that was given before.
 *
 * @param id the answer's
 * @param output empty for the answer's first
 * @param labels one a row of probabilities, or one for each number
 */
record LabelsRequest(String id, Optional<String> output, double[] labels) {
  static LabelsRequest read(byte[] body) {
    JsonNode root = InferRequestReader.tree(body);
    JsonNode id = root.get("id");
    if (id == null || !id.isTextual()) {
      throw badRequest("id should be a string: was %s", InferRequestReader.kind(id));
    }
    JsonNode output = root.get("output");
    if (output != null && !output.isTextual()) {
      throw badRequest("output should be a string: was %s", InferRequestReader.kind(output));
    }
    return new LabelsRequest(
        id.textValue(),
        Optional.ofNullable(output).map(JsonNode::textValue),
        EvaluationRequest.labels(root.get("labels")));
  }
}
