package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.TensorSpec;
import dev.bridle.inference.engine.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forms of a request over REST: JSON, JSON with bytes behind it, and bytes alone. */
final class RestRequest {
  private RestRequest() {}

  /**
   * @param length the header {@code Inference-Header-Content-Length}; 0 for bytes alone
   */
  static InferRequest read(byte[] body, Optional<String> length, ServableModel model) {
    if (length.isEmpty()) {
      return InferRequestReader.read(body);
    }
    int json = number(length.get());
    return json == 0
        ? raw(ByteBuffer.wrap(body), model)
        : InferRequestReader.read(InferBody.split(body, json));
  }

  private static InferRequest raw(ByteBuffer body, ServableModel model) {
    if (model.inputs().size() != 1) {
      throw badRequest(
          "a model of %d inputs should be asked with JSON: Inference-Header-Content-Length was 0",
          model.inputs().size());
    }
    TensorSpec spec = model.inputs().get(0);
    ByteBuffer data =
        spec.datatype() == Datatype.BYTES
            ? Texts.encoded(StandardCharsets.UTF_8.decode(body).toString())
            : body;
    InferRequest.Input input =
        BinaryTail.input("the body", spec.name(), spec.datatype(), List.of(), data);
    InferRequest.Input shaped =
        new InferRequest.Input(
            spec.name(),
            spec.datatype(),
            shape(spec.shape(), input.elements()),
            input.elements(),
            input.data());
    return new InferRequest(Optional.empty(), Map.of(), List.of(shaped), Optional.empty(), true);
  }

  /** The declared shape, its one variable dimension as the number of elements has it. */
  private static List<Long> shape(List<Long> declared, int elements) {
    if (declared.stream().filter(dimension -> dimension < 0).count() > 1) {
      throw badRequest("a raw body should be for at most one variable dimension: %s", declared);
    }
    long known =
        declared.stream().filter(dimension -> dimension > 0).reduce(1L, Math::multiplyExact);
    return declared.stream()
        .map(dimension -> dimension < 0 ? elements / known : dimension)
        .toList();
  }

  private static int number(String length) {
    try {
      int number = Integer.parseInt(length.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, as a negative number is
    }
    throw badRequest(
        "Inference-Header-Content-Length should be a whole number of at least 0: was '%s'", length);
  }
}
