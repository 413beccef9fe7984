package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.Texts;
import java.nio.ByteBuffer;
import java.util.List;

/** The bytes behind a request's JSON, taken by its inputs in their order, little-endian. */
final class BinaryTail {
  private final ByteBuffer rest;
  private final boolean present;

  private BinaryTail(ByteBuffer bytes, boolean present) {
    this.rest = bytes;
    this.present = present;
  }

  /** Of a request that is JSON alone. */
  static BinaryTail absent() {
    return new BinaryTail(ByteBuffer.allocate(0), false);
  }

  /** Of a request whose header says where its JSON ends; it may be empty. */
  static BinaryTail of(ByteBuffer bytes) {
    return new BinaryTail(bytes, true);
  }

  boolean isPresent() {
    return present;
  }

  /**
   * @param size the input's {@code binary_data_size}; null where its shape, or its texts, tell it
   */
  InferRequest.Input input(
      String path, String name, Datatype datatype, List<Long> shape, JsonNode size) {
    String parameter = path + ".parameters.binary_data_size";
    long bytes = size == null ? implied(path, datatype, shape) : given(parameter, size);
    if (bytes > rest.remaining()) {
      throw badRequest(
          "%s should be at most the %d bytes that are left: was %d",
          parameter, rest.remaining(), bytes);
    }
    ByteBuffer data = rest.slice(rest.position(), (int) bytes);
    rest.position(rest.position() + (int) bytes);
    return input(path, name, datatype, shape, data);
  }

  /** An input of raw bytes: whole elements, and texts with their lengths. */
  static InferRequest.Input input(
      String path, String name, Datatype datatype, List<Long> shape, ByteBuffer bytes) {
    ByteBuffer data = Tensor.buffer(bytes.remaining());
    if (datatype == Datatype.BOOL) {
      while (bytes.hasRemaining()) {
        data.put((byte) (bytes.get() == 0 ? 0 : 1));
      }
    } else {
      data.put(bytes);
    }
    data.flip();
    return new InferRequest.Input(name, datatype, shape, elements(path, datatype, data), data);
  }

  /** Called when the last input has taken its own. */
  void finish() {
    if (rest.hasRemaining()) {
      throw badRequest(
          "the inputs should take all bytes behind the JSON: %d were left", rest.remaining());
    }
  }

  private static int elements(String path, Datatype datatype, ByteBuffer data) {
    if (datatype == Datatype.BYTES) {
      try {
        return Texts.decoded(data).size();
      } catch (IllegalArgumentException e) {
        throw badRequest("%s has wrong binary data: %s", path, e.getMessage());
      }
    }
    if (data.remaining() % datatype.bytes() != 0) {
      throw badRequest(
          "%s should be of whole elements of %d bytes: was of %d bytes",
          path, datatype.bytes(), data.remaining());
    }
    return data.remaining() / datatype.bytes();
  }

  private static long given(String parameter, JsonNode size) {
    if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 0) {
      throw badRequest("%s should be a whole number of at least 0: was %s", parameter, size);
    }
    return size.intValue();
  }

  private long implied(String path, Datatype datatype, List<Long> shape) {
    try {
      long elements = shape.stream().reduce(1L, Math::multiplyExact);
      return datatype == Datatype.BYTES
          ? Texts.extent(rest, elements)
          : Math.multiplyExact(elements, (long) datatype.bytes());
    } catch (ArithmeticException e) {
      throw badRequest("%s.shape should have fewer than 2^63 bytes: was %s", path, shape);
    }
  }
}
