package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * Replaces a square of each image, of {@code pixels} a side around a pixel drawn uniformly and cut
 * at the edges, by its channel's mean. Source: DeVries and Taylor, 2017. Strengthened: pixels times
 * factor, rounded up.
 */
record Cutout(int pixels) implements Regularizer {
  private static final int MOST = 1024;

  Cutout(Settings settings) {
    this(settings.wholeNumber("pixels", 2, 1, MOST));
  }

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    Images images = step.requiredImages();
    NDManager manager = step.manager();
    long rows = batch.features().getShape().get(0);
    NDArray square =
        within(images.y(manager), images.shape().height(), rows)
            .logicalAnd(within(images.x(manager), images.shape().width(), rows));
    NDArray kept = square.logicalNot().toType(DataType.FLOAT32, false);
    NDArray everyChannel = kept.tile(new long[] {1, images.shape().channels()});
    return batch.withFeatures(batch.features().mul(everyChannel));
  }

  private NDArray within(NDArray p, int length, long rows) {
    NDArray first =
        p.getManager()
            .randomUniform(0f, 1f, new Shape(rows, 1))
            .mul(length)
            .floor()
            .clip(0, length - 1)
            .sub(pixels / 2);
    NDArray place = p.sub(first);
    return place.gte(0).logicalAnd(place.lt(pixels));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    int next = (int) Math.min(MOST, Math.ceil(pixels * factor));
    return next > pixels ? Optional.of(new Cutout(next)) : Optional.empty();
  }
}
