package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * Moves each image by whole pixels, drawn uniformly from -pixels to pixels in each direction; 0
 * comes in: the padded crop of He et al., 2016. Strengthened: pixels times factor, rounded up.
 */
record Shift(int pixels) implements Regularizer {
  private static final int MOST = 1024;

  Shift(Settings settings) {
    this(settings.wholeNumber("pixels", 1, 0, MOST));
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
    return batch.withFeatures(
        images.moved(
            batch.features(),
            new Images.Coordinates(
                images.y(manager).add(drawn(manager, rows)),
                images.x(manager).add(drawn(manager, rows)))));
  }

  private NDArray drawn(NDManager manager, long rows) {
    return manager
        .randomUniform(0f, 1f, new Shape(rows, 1))
        .mul(2 * pixels + 1)
        .floor()
        .clip(0, 2 * pixels)
        .sub(pixels);
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    int next = (int) Math.min(MOST, Math.ceil(pixels * factor));
    return next > pixels ? Optional.of(new Shift(next)) : Optional.empty();
  }
}
