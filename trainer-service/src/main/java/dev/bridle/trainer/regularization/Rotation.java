package dev.bridle.trainer.regularization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * Turns each image about its center by an angle from U(-degrees, degrees), bilinear, 0 outside.
 * Source: Simard, Steinkraus and Platt, 2003. Strengthened: degrees times factor, up to 180.
 */
record Rotation(double degrees) implements Regularizer {
  private static final double MOST = 180;

  Rotation(Settings settings) {
    this(settings.number("degrees", 15, 0, MOST));
  }

  @Override
  public boolean needsImages() {
    return true;
  }

  @Override
  public Batch batch(Batch batch, StepContext step) {
    Images images = step.requiredImages();
    NDManager manager = step.manager();
    float most = (float) Math.toRadians(degrees);
    NDArray angle =
        manager.randomUniform(-1f, 1f, new Shape(batch.features().getShape().get(0), 1)).mul(most);
    double centerY = (images.shape().height() - 1) / 2.0;
    double centerX = (images.shape().width() - 1) / 2.0;
    NDArray y = images.y(manager).sub(centerY);
    NDArray x = images.x(manager).sub(centerX);
    NDArray cos = angle.cos();
    NDArray sin = angle.sin();
    return batch.withFeatures(
        images.moved(
            batch.features(),
            new Images.Coordinates(
                cos.mul(y).sub(sin.mul(x)).add(centerY), sin.mul(y).add(cos.mul(x)).add(centerX))));
  }

  @Override
  public Optional<Regularizer> strengthened(double factor) {
    double next = Math.min(MOST, degrees * factor);
    return next > degrees ? Optional.of(new Rotation(next)) : Optional.empty();
  }
}
