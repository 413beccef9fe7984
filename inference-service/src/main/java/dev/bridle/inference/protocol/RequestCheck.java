package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds a request's inputs against what the model declares. */
final class RequestCheck {
  private RequestCheck() {}

  /** The model's inputs, each of its declared type and shape. */
  static Map<String, Tensor> tensors(InferRequest request, ServableModel model) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (InferRequest.Input input : request.inputs()) {
      tensors.put(input.name(), tensor(input, spec(input, model)));
    }
    for (TensorSpec spec : model.inputs()) {
      if (!tensors.containsKey(spec.name())) {
        throw badRequest(
            "input '%s' should be given: the inputs are %s", spec.name(), names(model));
      }
    }
    return tensors;
  }

  private static TensorSpec spec(InferRequest.Input input, ServableModel model) {
    for (TensorSpec spec : model.inputs()) {
      if (spec.name().equals(input.name())) {
        return spec;
      }
    }
    throw badRequest("input '%s' is unknown: the inputs are %s", input.name(), names(model));
  }

  private static Tensor tensor(InferRequest.Input input, TensorSpec spec) {
    if (input.datatype() != spec.datatype()) {
      throw badRequest(
          "datatype of input '%s' should be %s: was %s",
          input.name(), spec.datatype(), input.datatype());
    }
    if (!matches(spec.shape(), input.shape())) {
      throw badRequest(
          "shape of input '%s' should be %s (-1: any): was %s",
          input.name(), spec.shape(), input.shape());
    }
    if (count(input) != input.elements()) {
      throw badRequest(
          "data of input '%s' should hold %d elements for shape %s: was %d",
          input.name(), count(input), input.shape(), input.elements());
    }
    return new Tensor(input.datatype(), input.shape(), input.data());
  }

  private static boolean matches(List<Long> declared, List<Long> given) {
    if (declared.size() != given.size()) {
      return false;
    }
    for (int at = 0; at < declared.size(); at++) {
      if (declared.get(at) >= 0 && !declared.get(at).equals(given.get(at))) {
        return false;
      }
    }
    return true;
  }

  private static long count(InferRequest.Input input) {
    try {
      long count = 1;
      for (long dimension : input.shape()) {
        count = Math.multiplyExact(count, dimension);
      }
      return count;
    } catch (ArithmeticException e) {
      throw badRequest(
          "shape of input '%s' should have fewer than 2^63 elements: was %s",
          input.name(), input.shape());
    }
  }

  private static List<String> names(ServableModel model) {
    return model.inputs().stream().map(TensorSpec::name).toList();
  }
}
