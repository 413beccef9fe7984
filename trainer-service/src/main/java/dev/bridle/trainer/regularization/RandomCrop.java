package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * Cuts out of each image a part whose sides are U(share, 1) of its own, at a place drawn uniformly,
 * and stretches it to the whole. Source: Szegedy et al., 2015. Strengthened: share divided by
 * factor, down to 0.1.
 */
record RandomCrop(double share) implements Regularizer {
  private static final double LEAST = 0.1;

  RandomCrop(Settings settings) {
    this(settings.number("share", 0.8, LEAST, 1));
  }

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    Images images = step.requiredImages();
    NDManager manager = step.manager();
    Shape eachRow = new Shape(batch.features().getShape().get(0), 1);
    NDArray side = manager.randomUniform(0f, 1f, eachRow).mul(1 - share).add(share);
    NDArray room = side.neg().add(1);
    NDArray top = room.mul(manager.randomUniform(0f, 1f, eachRow));
    NDArray left = room.mul(manager.randomUniform(0f, 1f, eachRow));
    return batch.withFeatures(
        images.moved(
            batch.features(),
            new Images.Coordinates(
                source(images.y(manager), images.shape().height(), side, top),
                source(images.x(manager), images.shape().width(), side, left))));
  }

  /** The center of a pixel of the whole, mapped into the part; at most the outermost pixel. */
  private static NDArray source(NDArray p, int length, NDArray side, NDArray offset) {
    return p.add(0.5).mul(side).add(offset.mul(length)).sub(0.5).clip(0, length - 1);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    return share > LEAST
        ? Optional.of(new RandomCrop(Math.max(LEAST, share / factor)))
        : Optional.empty();
  }
}
