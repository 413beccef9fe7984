package dev.bridle.inference.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of a BYTES tensor, one behind the other: each a 32-bit little-endian length, then so
 * many bytes of UTF-8, which is what ONNX Runtime's strings hold.
 */
public final class Texts {
  private Texts() {}

  /**
   * @param texts a string, or strings in arrays of any depth
   */
  public static ByteBuffer encoded(Object texts) {
    List<byte[]> elements = new ArrayList<>();
    collect(texts, elements);
    int size = 0;
    for (byte[] element : elements) {
      size = Math.addExact(size, Math.addExact(Integer.BYTES, element.length));
    }
    ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elements.forEach(element -> data.putInt(element.length).put(element));
    return data.flip();
  }

  /**
   * @throws IllegalArgumentException if a length reaches beyond the data, or an element isn't UTF-8
   */
  public static List<String> decoded(ByteBuffer data) {
    ByteBuffer rest = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<String> texts = new ArrayList<>();
    while (rest.hasRemaining()) {
      if (rest.remaining() < Integer.BYTES) {
        throw new IllegalArgumentException(
            "element %d should start with a length of 4 bytes: %d were left"
                .formatted(texts.size(), rest.remaining()));
      }
      long length = Integer.toUnsignedLong(rest.getInt());
      if (length > rest.remaining()) {
        throw new IllegalArgumentException(
            "element %d should be of at most %d bytes, which were left: was %d"
                .formatted(texts.size(), rest.remaining(), length));
      }
      texts.add(text(rest.slice(rest.position(), (int) length), texts.size()));
      rest.position(rest.position() + (int) length);
    }
    return texts;
  }

  /** How many bytes so many elements take, as far as the data reaches. */
  public static long extent(ByteBuffer data, long elements) {
    ByteBuffer rest = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long extent = 0;
    for (long element = 0; element < elements; element++) {
      if (extent + Integer.BYTES > rest.remaining()) {
        return extent + Integer.BYTES;
      }
      int at = rest.position() + (int) extent;
      extent += Integer.BYTES + Integer.toUnsignedLong(rest.getInt(at));
    }
    return extent;
  }

  private static String text(ByteBuffer bytes, int element) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("element %d should be UTF-8".formatted(element), e);
    }
  }

  private static void collect(Object texts, List<byte[]> elements) {
    if (texts instanceof Object[] several) {
      for (Object text : several) {
        collect(text, elements);
      }
    } else {
      elements.add(((String) texts).getBytes(StandardCharsets.UTF_8));
    }
  }
}
