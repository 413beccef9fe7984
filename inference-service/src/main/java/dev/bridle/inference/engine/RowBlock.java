package dev.bridle.inference.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/** A tensor of numbers of 32 bits whose rows are written in place between runs. */
final class RowBlock implements AutoCloseable {
  private final ByteBuffer data;
  private final FloatBuffer values;
  private final IntBuffer bits;
  private final int rows;
  private final int units;
  private final List<Long> rowShape;
  private final OnnxTensor tensor;

  RowBlock(int rows, List<Long> rowShape) {
    this.rows = rows;
    this.rowShape = rowShape;
    this.units = units(rowShape);
    this.data = Tensor.buffer(Math.multiplyExact(rows * Float.BYTES, units));
    this.values = data.asFloatBuffer();
    this.bits = data.asIntBuffer();
    this.tensor = tensor(Datatype.FP32, shape(rows, rowShape));
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

  /** Writes so many rows from the offset of the source. */
  void put(int row, float[] source, int offset, int rows) {
    values.put(row * units, source, offset, rows * units);
  }

  /** Writes a row, behind others of its length. */
  void put(int row, float[] source) {
    values.put(row * source.length, source);
  }

  /** Reads a row, behind others of its length. */
  void get(int row, float[] to) {
    values.get(row * to.length, to);
  }

  /** Reads so many numbers from the beginning on. */
  void get(float[] to, int offset, int count) {
    values.get(0, to, offset, count);
  }

  /** Writes a row of so many numbers, behind others that have as many. */
  void putBits(int row, int[] source, int count) {
    bits.put(row * count, source, 0, count);
  }

  int rows() {
    return rows;
  }

  int units() {
    return units;
  }

  /** All of it, FP32. */
  OnnxTensor tensor() {
    return tensor;
  }

  /** So many rows that it begins with; the caller's to close. */
  OnnxTensor firstRows(int rows) {
    return tensor(Datatype.FP32, shape(rows, rowShape));
  }

  /** What it begins with; the caller's to close. */
  OnnxTensor tensor(Datatype type, List<Long> shape) {
    try {
      return Network.tensor(
          new Tensor(type, shape, data.slice(0, units(shape) * Float.BYTES).order(data.order())));
    } catch (OrtException e) {
      throw Network.failed(e);
    }
  }

  @Override
  public void close() {
    tensor.close();
  }
}
