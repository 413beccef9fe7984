package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.grpc.InferParameter;
import dev.bridle.inference.grpc.ModelInferRequest;
import dev.bridle.inference.grpc.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an infer call: its tensors typed, or all of them raw. */
final class GrpcRequest {
  private GrpcRequest() {}

  static InferRequest read(ModelInferRequest request) {
    return new InferRequest(
        Optional.of(request.getId()).filter(id -> !id.isEmpty()),
        parameters(request.getParametersMap()),
        inputs(request),
        outputs(request),
        true);
  }

  private static List<InferRequest.Input> inputs(ModelInferRequest request) {
    int raw = request.getRawInputContentsCount();
    if (raw > 0 && raw != request.getInputsCount()) {
      throw badRequest(
          "raw_input_contents should be one for each of %d inputs: was %d",
          request.getInputsCount(), raw);
    }
    List<InferRequest.Input> inputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (InferInputTensor tensor : request.getInputsList()) {
      String path = "inputs[" + inputs.size() + "]";
      if (!names.add(tensor.getName())) {
        throw badRequest("inputs should each be given once: '%s' was twice", tensor.getName());
      }
      if (raw > 0 && tensor.hasContents()) {
        throw badRequest("%s.contents should be absent beside raw_input_contents", path);
      }
      ByteBuffer data =
          raw > 0
              ? request.getRawInputContents(inputs.size()).asReadOnlyByteBuffer()
              : GrpcContents.bytes(path, datatype(path, tensor), tensor.getContents());
      inputs.add(
          BinaryTail.input(
              path, tensor.getName(), datatype(path, tensor), shape(path, tensor), data));
    }
    return inputs;
  }

  private static Datatype datatype(String path, InferInputTensor tensor) {
    return Datatype.named(tensor.getDatatype())
        .orElseThrow(
            () ->
                badRequest(
                    "%s.datatype should be one of %s: was '%s'",
                    path, List.of(Datatype.values()), tensor.getDatatype()));
  }

  private static List<Long> shape(String path, InferInputTensor tensor) {
    if (tensor.getShapeList().stream().anyMatch(dimension -> dimension < 0)) {
      throw badRequest(
          "%s.shape should be of whole numbers of at least 0: was %s", path, tensor.getShapeList());
    }
    return tensor.getShapeList();
  }

  private static Optional<List<InferRequest.Output>> outputs(ModelInferRequest request) {
    Set<String> names = new HashSet<>();
    List<InferRequest.Output> outputs = new ArrayList<>();
    request
        .getOutputsList()
        .forEach(
            output -> {
              if (!names.add(output.getName())) {
                throw badRequest(
                    "outputs should each be asked for once: '%s' was twice", output.getName());
              }
              outputs.add(new InferRequest.Output(output.getName(), Optional.empty()));
            });
    return outputs.isEmpty() ? Optional.empty() : Optional.of(outputs);
  }

  private static Map<String, JsonNode> parameters(Map<String, InferParameter> given) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Map<String, JsonNode> parameters = new HashMap<>();
    given.forEach(
        (name, value) ->
            parameters.put(
                name,
                switch (value.getParameterChoiceCase()) {
                  case BOOL_PARAM -> json.booleanNode(value.getBoolParam());
                  case INT64_PARAM -> json.numberNode(value.getInt64Param());
                  case DOUBLE_PARAM -> json.numberNode(value.getDoubleParam());
                  case UINT64_PARAM ->
                      json.numberNode(
                          new java.math.BigInteger(Long.toUnsignedString(value.getUint64Param())));
                  default -> json.textNode(value.getStringParam());
                }));
    return parameters;
  }
}
