package dev.bridle.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The training split on the engine, and its batches. */
final class Batches {
  private final NDManager manager;
  private final NDArray features;
  private final NDArray targets;
  private final Optional<Images> images;

  /**
   * @param manager owns the arrays
   */
  Batches(PreparedData data, Heads heads, RunSpec run, NDManager manager) {
    this.manager = manager;
    Rows rows = data.training();
    features =
        manager.create(
            FloatBuffer.wrap(rows.features()),
            new Shape(rows.count(), rows.columns()),
            DataType.FLOAT32);
    targets =
        manager.create(
            FloatBuffer.wrap(heads.targets(rows)),
            new Shape(rows.count(), heads.outputs()),
            DataType.FLOAT32);
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
    return (int) features.getShape().get(0);
  }

  NDManager manager() {
    return manager;
  }

  Optional<Images> images() {
    return images;
  }

  /**
   * @param owner of the batch's arrays
   */
  Batch select(int[] rows, NDManager owner) {
    long[] chosen = Arrays.stream(rows).asLongStream().toArray();
    NDArray index = owner.create(LongBuffer.wrap(chosen), new Shape(chosen.length), DataType.INT64);
    return new Batch(
        features.get(owner, new NDIndex("{}", index)),
        targets.get(owner, new NDIndex("{}", index)));
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
