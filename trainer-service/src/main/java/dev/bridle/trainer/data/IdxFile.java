package dev.bridle.trainer.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * A tensor as an IDX file holds it (Y. LeCun, The MNIST database): 0, 0, a type, the number of
 * dimensions, each dimension as a big-endian INT32, then the values, big-endian. It may be gzipped.
 *
 * @param values row-major
 */
record IdxFile(int[] dimensions, float[] values) {
  private static final int MOST_DIMENSIONS = 8;

  /** Types by their code, with the bytes of a value. */
  private static final Map<Integer, Type> TYPES =
      Map.of(
          0x08, new Type(1, bytes -> bytes.get() & 0xFF),
          0x09, new Type(1, ByteBuffer::get),
          0x0B, new Type(2, ByteBuffer::getShort),
          0x0C, new Type(4, ByteBuffer::getInt),
          0x0D, new Type(4, ByteBuffer::getFloat),
          0x0E, new Type(8, bytes -> (float) bytes.getDouble()));

  private record Type(int bytes, Reader reader) {}

  private interface Reader {
    float next(ByteBuffer bytes);
  }

  /**
   * Reads as many bytes as the header declares, and no more: what a gzipped file expands to is
   * bounded by it.
   *
   * @param dimensions that the file should have, at least
   * @param most values that it may hold
   * @throws DataException saying what of the file is wrong
   */
  static IdxFile read(Path file, int dimensions, int most) {
    String name = file.getFileName().toString();
    try (DataInputStream in = new DataInputStream(expanded(file))) {
      int magic = in.readInt();
      Type type = TYPES.get(magic >>> 8);
      int count = magic & 0xFF;
      if (type == null || count < 1 || count > MOST_DIMENSIONS) {
        throw new DataException(
            "%s should begin with IDX's magic number, 0x0000TTDD of type %s and 1 to %d dimensions: was 0x%08X"
                .formatted(name, codes(), MOST_DIMENSIONS, magic));
      }
      if (count < dimensions) {
        throw new DataException(
            "%s should have at least %d dimensions: had %d".formatted(name, dimensions, count));
      }
      int[] shape = shape(in, name, count, most);
      float[] values = values(in, name, type, Arrays.stream(shape).reduce(1, (a, b) -> a * b));
      if (in.read() >= 0) {
        throw new DataException(
            "%s should end after the %d values that its dimensions %s declare: goes on"
                .formatted(name, values.length, Arrays.toString(shape)));
      }
      return new IdxFile(shape, values);
    } catch (EOFException e) {
      throw new DataException(name + " is truncated: it ends within its header", e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read as IDX: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static InputStream expanded(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean gzipped = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return gzipped ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static int[] shape(DataInputStream in, String name, int count, int most)
      throws IOException {
    int[] shape = new int[count];
    long all = 1;
    for (int i = 0; i < count; i++) {
      shape[i] = in.readInt();
      if (shape[i] < 1) {
        throw new DataException(
            "%s dimension %d should be at least 1: was %d".formatted(name, i + 1, shape[i]));
      }
      all *= shape[i];
      if (all > most) {
        throw new DataException(
            "%s should hold at most %d values: its dimensions declare %s%d"
                .formatted(name, most, i + 1 < count ? "at least " : "", all));
      }
    }
    return shape;
  }

  private static float[] values(DataInputStream in, String name, Type type, int count)
      throws IOException {
    float[] values = new float[count];
    byte[] chunk = new byte[1 << 16];
    int done = 0;
    while (done < count) {
      int wanted = Math.min(chunk.length, (count - done) * type.bytes());
      int read = readUpTo(in, chunk, wanted);
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
      while (bytes.remaining() >= type.bytes()) {
        values[done] = type.reader().next(bytes);
        if (!Float.isFinite(values[done])) {
          throw new DataException(
              "%s value %d should be finite: was %s".formatted(name, done + 1, values[done]));
        }
        done++;
      }
      if (read < wanted) {
        throw new DataException(
            "%s is truncated: it should have %d values and ends after %d"
                .formatted(name, count, done));
      }
    }
    return values;
  }

  /** A gzipped stream that breaks off throws where a plain one ends; here both end. */
  private static int readUpTo(DataInputStream in, byte[] chunk, int wanted) throws IOException {
    int read = 0;
    try {
      while (read < wanted) {
        int more = in.read(chunk, read, wanted - read);
        if (more < 0) {
          return read;
        }
        read += more;
      }
    } catch (EOFException e) {
      return read;
    }
    return read;
  }

  private static String codes() {
    return TYPES.keySet().stream()
        .sorted()
        .map("%02X"::formatted)
        .collect(Collectors.joining(", "));
  }
}
