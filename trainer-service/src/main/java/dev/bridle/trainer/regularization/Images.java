package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.bridle.trainer.spec.ImageSpec;

/**
 * What is known about features that are images, and how to move their pixels.
 *
 * @param mean of each feature, [features]: standardized x is (raw - mean) / deviation
 * @param deviation of each feature, [features]
 */
public record Images(ImageSpec shape, NDArray mean, NDArray deviation) {
  /** Source coordinates in pixels, FLOAT [rows, pixels] or broadcast to it. */
  record Coordinates(NDArray y, NDArray x) {}

  int pixels() {
    return shape.height() * shape.width();
  }

  /** Each pixel's own row, [1, pixels]. */
  NDArray y(NDManager manager) {
    return manager
        .arange(0, pixels(), 1, DataType.FLOAT32)
        .div(shape.width())
        .floor()
        .expandDims(0);
  }

  /** Each pixel's own column, [1, pixels]. */
  NDArray x(NDManager manager) {
    NDArray index = manager.arange(0, pixels(), 1, DataType.FLOAT32);
    return index.sub(index.div(shape.width()).floor().mul(shape.width())).expandDims(0);
  }

  /**
   * Each pixel takes the raw value at its source, interpolated between the four pixels around it;
   * outside of the image that is 0. Raw, since what lies outside is 0 there.
   *
   * @param features standardized, [rows, features]
   */
  NDArray moved(NDArray features, Coordinates from) {
    long rows = features.getShape().get(0);
    long images = rows * shape.channels();
    NDArray raw = features.mul(deviation).add(mean).reshape(images, pixels());
    NDArray y = spread(from.y(), rows);
    NDArray x = spread(from.x(), rows);
    NDArray top = y.floor();
    NDArray left = x.floor();
    NDArray down = y.sub(top);
    NDArray right = x.sub(left);
    NDArray up = down.neg().add(1);
    NDArray near = right.neg().add(1);
    NDArray sum =
        corner(raw, top, left, up.mul(near))
            .add(corner(raw, top, left.add(1), up.mul(right)))
            .add(corner(raw, top.add(1), left, down.mul(near)))
            .add(corner(raw, top.add(1), left.add(1), down.mul(right)));
    return sum.reshape(rows, shape.features()).sub(mean).div(deviation);
  }

  private NDArray corner(NDArray raw, NDArray y, NDArray x, NDArray share) {
    NDArray inside =
        y.gte(0)
            .logicalAnd(y.lt(shape.height()))
            .logicalAnd(x.gte(0))
            .logicalAnd(x.lt(shape.width()))
            .toType(DataType.FLOAT32, false);
    NDArray index =
        y.clip(0, shape.height() - 1)
            .mul(shape.width())
            .add(x.clip(0, shape.width() - 1))
            .toType(DataType.INT64, false);
    return raw.gather(index, 1).mul(share).mul(inside);
  }

  /** The same for every channel: [rows * channels, pixels]. */
  private NDArray spread(NDArray coordinates, long rows) {
    return coordinates
        .broadcast(new Shape(rows, pixels()))
        .expandDims(1)
        .broadcast(new Shape(rows, shape.channels(), pixels()))
        .reshape(rows * shape.channels(), pixels());
  }
}
