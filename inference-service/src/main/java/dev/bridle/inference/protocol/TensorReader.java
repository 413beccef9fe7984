package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.engine.Datatype;
import dev.bridle.inference.engine.Tensor;
import dev.bridle.inference.engine.Texts;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the data of one input: flat or nested, row-major, every array of a level equally long. */
final class TensorReader {
  private final String path;
  private final Datatype datatype;

  /** The length of the arrays of each level, outermost first. */
  private final List<Integer> lengths = new ArrayList<>();

  private final List<JsonNode> elements = new ArrayList<>();
  private int leafDepth = -1;

  private TensorReader(String path, Datatype datatype) {
    this.path = path;
    this.datatype = datatype;
  }

  static InferRequest.Input read(
      String path, String name, Datatype datatype, List<Long> shape, JsonNode data) {
    if (datatype == Datatype.FP16) {
      throw badRequest("%s can't carry FP16 in JSON: give binary data", path);
    }
    TensorReader reader = new TensorReader(path, datatype);
    reader.collect(data, 0);
    return new InferRequest.Input(name, datatype, shape, reader.elements.size(), reader.encoded());
  }

  private void collect(JsonNode node, int depth) {
    if (!node.isArray()) {
      if (leafDepth >= 0 && leafDepth != depth) {
        throw ragged(depth);
      }
      leafDepth = depth;
      elements.add(node);
      return;
    }
    if (lengths.size() == depth) {
      lengths.add(node.size());
    } else if (lengths.get(depth) != node.size()) {
      throw ragged(depth);
    }
    for (JsonNode child : node) {
      collect(child, depth + 1);
    }
  }

  private ProtocolException ragged(int depth) {
    return badRequest("%s should have arrays of equal length: is ragged at depth %d", path, depth);
  }

  private ByteBuffer encoded() {
    if (datatype == Datatype.BYTES) {
      return Texts.encoded(
          elements.stream()
              .map(element -> checked(element, element.isTextual()).textValue())
              .toArray(String[]::new));
    }
    ByteBuffer data = Tensor.buffer(Math.multiplyExact(elements.size(), datatype.bytes()));
    elements.forEach(element -> encode(element, data));
    return data.flip();
  }

  private void encode(JsonNode element, ByteBuffer data) {
    switch (datatype) {
      case BOOL -> data.put((byte) (checked(element, element.isBoolean()).booleanValue() ? 1 : 0));
      case FP32 -> data.putFloat((float) finite(element));
      case FP64 -> data.putDouble(finite(element));
      default -> whole(element, data);
    }
  }

  private double finite(JsonNode element) {
    double value = checked(element, element.isNumber()).doubleValue();
    boolean inRange =
        datatype == Datatype.FP32 ? Float.isFinite((float) value) : Double.isFinite(value);
    checked(element, inRange);
    return value;
  }

  private void whole(JsonNode element, ByteBuffer data) {
    BigInteger value = checked(element, element.isIntegralNumber()).bigIntegerValue();
    int bits = datatype.bytes() * Byte.SIZE;
    boolean unsigned = datatype.name().startsWith("U");
    checked(
        element,
        unsigned ? value.signum() >= 0 && value.bitLength() <= bits : value.bitLength() < bits);
    long low = value.longValue();
    switch (datatype.bytes()) {
      case 1 -> data.put((byte) low);
      case 2 -> data.putShort((short) low);
      case 4 -> data.putInt((int) low);
      default -> data.putLong(low);
    }
  }

  private JsonNode checked(JsonNode element, boolean right) {
    if (!right) {
      throw badRequest("%s should hold values of %s: was %s", path, datatype, element);
    }
    return element;
  }
}
