package dev.bridle.inference.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Tensors of rows, put one behind the other and taken apart again. */
public final class Tensors {
  private Tensors() {}

  /**
   * @param parts of one datatype and row shape, each of any number of rows
   */
  public static Tensor joined(List<Tensor> parts) {
    ByteBuffer data = Tensor.buffer(parts.stream().mapToInt(part -> part.data().remaining()).sum());
    parts.forEach(part -> data.put(part.data().duplicate()));
    Tensor first = parts.get(0);
    long rows = parts.stream().mapToLong(part -> part.shape().get(0)).sum();
    return new Tensor(
        first.datatype(),
        RowBlock.shape(rows, first.shape().subList(1, first.shape().size())),
        data.flip());
  }

  /**
   * @param rows of each part, together those of the tensor, which isn't of BYTES
   */
  public static List<Tensor> split(Tensor tensor, List<Integer> rows) {
    List<Tensor> parts = new ArrayList<>();
    ByteBuffer data = tensor.data().duplicate();
    int rowBytes = (int) (data.remaining() / Math.max(1, tensor.shape().get(0)));
    List<Long> rowShape = tensor.shape().subList(1, tensor.shape().size());
    int from = data.position();
    for (int count : rows) {
      parts.add(
          new Tensor(
              tensor.datatype(),
              RowBlock.shape(count, rowShape),
              data.slice(from, count * rowBytes).order(tensor.data().order())));
      from += count * rowBytes;
    }
    return parts;
  }
}
