package dev.bridle.inference.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Numbers or texts in row-major order.
 *
 * @param shape its dimensions, all known
 * @param data the elements in native order, from position 0 to the limit; not to be changed. Of
 *     BYTES: each a {@linkplain Texts 32-bit little-endian length and its bytes}
 */
public record Tensor(Datatype datatype, List<Long> shape, ByteBuffer data) {
  public Tensor {
    shape = List.copyOf(shape);
  }

  /** A buffer that ONNX Runtime reads without a copy. */
  public static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  public static Tensor floats(List<Long> shape, float[] values) {
    ByteBuffer data = buffer(values.length * Float.BYTES);
    data.asFloatBuffer().put(values);
    return new Tensor(Datatype.FP32, shape, data);
  }

  /** A BOOL tensor of one dimension. */
  public static Tensor booleans(boolean[] values) {
    return booleans(List.of((long) values.length), values);
  }

  public static Tensor booleans(List<Long> shape, boolean[] values) {
    ByteBuffer data = buffer(values.length);
    for (boolean value : values) {
      data.put((byte) (value ? 1 : 0));
    }
    return new Tensor(Datatype.BOOL, shape, data.flip());
  }

  /** The elements of an FP32 tensor. */
  public float[] floats() {
    FloatBuffer view = data.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] values = new float[view.remaining()];
    view.get(values);
    return values;
  }

  /** Copies the first elements of an FP32 tensor. */
  void floats(float[] to, int offset, int count) {
    data.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(to, offset, count);
  }

  long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
