package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** An FP32 tensor [rows, ...] whose rows are written in place between runs. */
final class RowBlock implements AutoCloseable {
  private final FloatBuffer values;
  private final int units;
  private final OnnxTensor tensor;

  RowBlock(int rows, List<Long> rowShape) {
    this.units = units(rowShape);
    ByteBuffer data = Tensor.buffer(Math.multiplyExact(rows * Float.BYTES, units));
    this.values = data.asFloatBuffer();
    try {
      this.tensor = Network.tensor(new Tensor(Datatype.FP32, shape(rows, rowShape), data));
    } catch (OrtException e) {
      throw Network.failed(e);
    }
  }

  /** The shape of so many rows. */
  static List<Long> shape(long rows, List<Long> rowShape) {
    List<Long> shape = new ArrayList<>(List.of(rows));
    shape.addAll(rowShape);
    return shape;
  }

  static int units(List<Long> rowShape) {
    return Math.toIntExact(rowShape.stream().reduce(1L, Math::multiplyExact));
  }

  /** Writes the row that starts at the offset of the source. */
  void put(int row, float[] source, int offset) {
    put(row, source, offset, 1);
  }

  /** Writes so many rows. */
  void put(int row, float[] source, int offset, int rows) {
    values.put(row * units, source, offset, rows * units);
  }

  int units() {
    return units;
  }

  OnnxTensor tensor() {
    return tensor;
  }

  @Override
  public void close() {
    tensor.close();
  }
}
