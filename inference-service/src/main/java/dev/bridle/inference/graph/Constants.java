package dev.bridle.inference.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The scalars that a graph states outright: initializers and Constant nodes. */
final class Constants {
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Map<String, Double> floats = new HashMap<>();

  Constants(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
    graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Constant"))
        .forEach(this::add);
  }

  private void add(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      switch (attribute.getName()) {
        case "value" -> tensors.put(node.getOutput(0), attribute.getT());
        case "value_float" -> floats.put(node.getOutput(0), (double) attribute.getF());
        default -> {}
      }
    }
  }

  /** The named scalar, booleans as 0 and 1; empty when it isn't a constant of a type read here. */
  OptionalDouble scalar(String name) {
    if (floats.containsKey(name)) {
      return OptionalDouble.of(floats.get(name));
    }
    TensorProto tensor = tensors.get(name);
    return tensor == null ? OptionalDouble.empty() : scalar(tensor);
  }

  /** The named FLOAT tensor of two dimensions. */
  Optional<Matrix> matrix(String name) {
    TensorProto tensor = tensors.get(name);
    return tensor == null || tensor.getDimsCount() != 2
        ? Optional.empty()
        : floats(tensor)
            .map(values -> new Matrix((int) tensor.getDims(0), (int) tensor.getDims(1), values));
  }

  /** The named FLOAT tensor of so many numbers, [n] or [1, n]. */
  Optional<float[]> vector(String name, int length) {
    return Optional.ofNullable(tensors.get(name))
        .flatMap(Constants::floats)
        .filter(values -> values.length == length);
  }

  private static Optional<float[]> floats(TensorProto tensor) {
    if (tensor.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      return Optional.empty();
    }
    FloatBuffer raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[Math.max(raw.remaining(), tensor.getFloatDataCount())];
    if (raw.hasRemaining()) {
      raw.get(values);
    } else {
      for (int at = 0; at < values.length; at++) {
        values[at] = tensor.getFloatData(at);
      }
    }
    return Optional.of(values);
  }

  private static OptionalDouble scalar(TensorProto tensor) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int bytes = raw.remaining();
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      return OptionalDouble.empty();
    }
    switch (type) {
      case FLOAT:
        return bytes >= Float.BYTES
            ? OptionalDouble.of(raw.getFloat())
            : tensor.getFloatDataCount() > 0
                ? OptionalDouble.of(tensor.getFloatData(0))
                : OptionalDouble.empty();
      case DOUBLE:
        return bytes >= Double.BYTES
            ? OptionalDouble.of(raw.getDouble())
            : tensor.getDoubleDataCount() > 0
                ? OptionalDouble.of(tensor.getDoubleData(0))
                : OptionalDouble.empty();
      case FLOAT16:
        return bytes >= Short.BYTES
            ? OptionalDouble.of(half(raw.getShort()))
            : tensor.getInt32DataCount() > 0
                ? OptionalDouble.of(half((short) tensor.getInt32Data(0)))
                : OptionalDouble.empty();
      case BOOL:
        return bytes >= 1
            ? OptionalDouble.of(raw.get())
            : tensor.getInt32DataCount() > 0
                ? OptionalDouble.of(tensor.getInt32Data(0))
                : OptionalDouble.empty();
      default:
        return OptionalDouble.empty();
    }
  }

  /** A number of IEEE 754's binary16, from its bits. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        exponent == 0
            ? Math.scalb((double) fraction, -24)
            : exponent == 0x1f
                ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                : Math.scalb(1024.0 + fraction, exponent - 25);
    return bits < 0 ? -size : size;
  }
}
