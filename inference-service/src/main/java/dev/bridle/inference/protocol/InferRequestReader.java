package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bridle.inference.engine.Datatype;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of an infer request; unknown fields and parameters are passed over. */
final class InferRequestReader {
  static final int MAX_DEPTH = 100;

  private static final JsonMapper JSON = mapper();

  private InferRequestReader() {}

  /** As {@link #read(InferBody)}, of JSON that nothing follows. */
  static InferRequest read(byte[] json) {
    return read(new InferBody(json, BinaryTail.absent()));
  }

  /** As {@link #read(InferBody)}, of JSON that was read already and that nothing follows. */
  static InferRequest read(JsonNode root) {
    return read(root, BinaryTail.absent());
  }

  static InferRequest read(InferBody body) {
    return read(tree(body.json()), body.tail());
  }

  private static InferRequest read(JsonNode root, BinaryTail tail) {
    if (!root.isObject()) {
      throw badRequest("the body should be a JSON object: was %s", kind(root));
    }
    Map<String, JsonNode> parameters = parameters("parameters", root.get("parameters"));
    InferRequest request =
        new InferRequest(
            optionalText(root, "id"),
            parameters,
            inputs(root.get("inputs"), tail),
            outputs(root.get("outputs")),
            flag(parameters.get("binary_data_output")).orElse(false));
    tail.finish();
    return request;
  }

  /** The JSON of a body, within the limits of its depth. */
  static JsonNode tree(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode()) {
        throw badRequest("the body should be a JSON object: was empty");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw badRequest(
          "the body should be JSON, at most %d deep: %s", MAX_DEPTH, e.getOriginalMessage());
    } catch (IOException e) {
      throw badRequest("the body should be JSON: %s", e.getMessage());
    }
  }

  private static List<InferRequest.Input> inputs(JsonNode nodes, BinaryTail tail) {
    if (nodes == null || !nodes.isArray() || nodes.isEmpty()) {
      throw badRequest("inputs should be an array of at least one input: was %s", kind(nodes));
    }
    List<InferRequest.Input> inputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : nodes) {
      InferRequest.Input input = input("inputs[" + inputs.size() + "]", node, tail);
      if (!names.add(input.name())) {
        throw badRequest("inputs should each be given once: '%s' was twice", input.name());
      }
      inputs.add(input);
    }
    return inputs;
  }

  private static InferRequest.Input input(String path, JsonNode node, BinaryTail tail) {
    String name = text(path + ".name", node.get("name"));
    String type = text(path + ".datatype", node.get("datatype"));
    Datatype datatype =
        Datatype.named(type)
            .orElseThrow(
                () ->
                    badRequest(
                        "%s.datatype should be one of %s: was '%s'",
                        path, List.of(Datatype.values()), type));
    List<Long> shape = shape(path + ".shape", node.get("shape"));
    Map<String, JsonNode> parameters = parameters(path + ".parameters", node.get("parameters"));
    JsonNode size = parameters.get("binary_data_size");
    JsonNode data = node.get("data");
    if (size != null && data != null) {
      throw badRequest("%s should have data or binary_data_size: had both", path);
    }
    if (data == null && (size != null || tail.isPresent())) {
      return tail.input(path, name, datatype, shape, size);
    }
    if (data == null || !(data.isArray() || shape.isEmpty() && data.isValueNode())) {
      throw badRequest("%s.data should be an array: was %s", path, kind(data));
    }
    return TensorReader.read(path + ".data", name, datatype, shape, data);
  }

  private static List<Long> shape(String path, JsonNode node) {
    if (node == null || !node.isArray()) {
      throw badRequest("%s should be an array of whole numbers: was %s", path, kind(node));
    }
    List<Long> shape = new ArrayList<>();
    for (JsonNode dimension : node) {
      if (!dimension.isIntegralNumber()
          || !dimension.canConvertToLong()
          || dimension.longValue() < 0) {
        throw badRequest(
            "%s[%d] should be a whole number of at least 0: was %s", path, shape.size(), dimension);
      }
      shape.add(dimension.longValue());
    }
    return shape;
  }

  private static Optional<List<InferRequest.Output>> outputs(JsonNode nodes) {
    if (nodes == null || nodes.isNull() || nodes.isArray() && nodes.isEmpty()) {
      return Optional.empty();
    }
    if (!nodes.isArray()) {
      throw badRequest("outputs should be an array: was %s", kind(nodes));
    }
    List<InferRequest.Output> outputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode node : nodes) {
      String path = "outputs[" + outputs.size() + "]";
      Map<String, JsonNode> parameters = parameters(path + ".parameters", node.get("parameters"));
      String name = text(path + ".name", node.get("name"));
      if (!names.add(name)) {
        throw badRequest("outputs should each be asked for once: '%s' was twice", name);
      }
      outputs.add(new InferRequest.Output(name, flag(parameters.get("binary_data"))));
    }
    return Optional.of(outputs);
  }

  /** What isn't a boolean is passed over, as an unknown parameter is. */
  private static Optional<Boolean> flag(JsonNode value) {
    return Optional.ofNullable(value).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
  }

  private static Map<String, JsonNode> parameters(String path, JsonNode node) {
    Map<String, JsonNode> parameters = new HashMap<>();
    if (node == null || node.isNull()) {
      return parameters;
    }
    if (!node.isObject()) {
      throw badRequest("%s should be an object: was %s", path, kind(node));
    }
    node.fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
                throw badRequest(
                    "%s.%s should be a string, a number or a boolean: was %s",
                    path, field.getKey(), kind(value));
              }
              parameters.put(field.getKey(), value);
            });
    return parameters;
  }

  private static Optional<String> optionalText(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(text(field, value));
  }

  private static String text(String path, JsonNode node) {
    if (node == null || !node.isTextual()) {
      throw badRequest("%s should be a string: was %s", path, kind(node));
    }
    return node.textValue();
  }

  static String kind(JsonNode node) {
    return node == null ? "absent" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }
}
