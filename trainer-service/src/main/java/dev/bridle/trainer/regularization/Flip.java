package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Mirrors each image with a probability, left to right ({@code horizontal}) or top to bottom
 * ({@code vertical}). Only for images that mean the same mirrored: digits do not. Source:
 * Krizhevsky et al., 2012. It has no strength.
 */
record Flip(double probability, String axis) implements Regularizer {
  private static final String HORIZONTAL = "horizontal";

  Flip(Settings settings) {
    this(
        settings.number("probability", 0.5, 0, 1),
        settings.choice("axis", List.of(HORIZONTAL, "vertical")));
  }

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    Images images = step.requiredImages();
    NDManager manager = step.manager();
    NDArray flipped =
        manager
            .randomUniform(0f, 1f, new Shape(batch.features().getShape().get(0), 1))
            .lt(probability)
            .toType(DataType.FLOAT32, false);
    NDArray y = images.y(manager);
    NDArray x = images.x(manager);
    Images.Coordinates from =
        axis.equals(HORIZONTAL)
            ? new Images.Coordinates(y, mirrored(x, images.shape().width(), flipped))
            : new Images.Coordinates(mirrored(y, images.shape().height(), flipped), x);
    return batch.withFeatures(images.moved(batch.features(), from));
  }

  /** p where not flipped, else length - 1 - p. */
  private static NDArray mirrored(NDArray p, int length, NDArray flipped) {
    return p.add(flipped.mul(p.mul(-2).add(length - 1)));
  }
}
