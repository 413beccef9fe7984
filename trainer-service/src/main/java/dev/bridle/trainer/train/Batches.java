package dev.bridle.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.bridle.trainer.data.DataException;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.data.Scaler;
import dev.bridle.trainer.head.Heads;
import dev.bridle.trainer.regularization.Batch;
import dev.bridle.trainer.regularization.Images;
import dev.bridle.trainer.spec.RunSpec;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The training split, and batches of it on the engine. Rows are copied one by one from the heap,
 * which takes less of a step than the engine's own selection of them.
 */
final class Batches {
  private final NDManager manager;
  private final Rows rows;
  private final float[] targets;
  private final int outputs;
  private final Optional<Images> images;

  /**
   * @param manager owns the arrays
   */
  Batches(PreparedData data, Heads heads, RunSpec run, NDManager manager) {
    this.manager = manager;
    this.rows = data.training();
    this.targets = heads.targets(rows);
    this.outputs = heads.outputs();
    Scaler scaler = data.scaler();
    images =
        run.data()
            .image()
            .map(
                shape ->
                    new Images(
                        shape, manager.create(scaler.mean()), manager.create(scaler.deviation())));
  }

  /** Rows of the training split. */
  int rows() {
    return rows.count();
  }

  NDManager manager() {
    return manager;
  }

  Optional<Images> images() {
    return images;
  }

  /**
   * @param chosen rows
   * @param owner of the batch's arrays
   */
  Batch select(int[] chosen, NDManager owner) {
    return new Batch(
        copied(rows.features(), rows.columns(), chosen, owner),
        copied(targets, outputs, chosen, owner));
  }

  private static NDArray copied(float[] all, int columns, int[] chosen, NDManager owner) {
    NDArray copy = owner.create(new Shape(chosen.length, columns), DataType.FLOAT32);
    FloatBuffer view = copy.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int row : chosen) {
      view.put(all, row * columns, columns);
    }
    return copy;
  }

  /**
   * Cuts an epoch's rows, in their order, into batches of {@code size}.
   *
   * @param least rows of a batch; fewer at the end go into the batch before
   * @throws DataException if there are fewer in all
   */
  static List<int[]> cut(int[] order, int size, int least) {
    if (order.length < least) {
      throw new DataException(
          "data.split.training should leave at least %d rows for batchNorm: left %d"
              .formatted(least, order.length));
    }
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int end = Math.min(order.length, from + size);
      end = order.length - end < least ? order.length : end;
      batches.add(Arrays.copyOfRange(order, from, end));
      from = end;
    }
    return batches;
  }
}
