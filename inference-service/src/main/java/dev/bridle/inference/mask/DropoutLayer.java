package dev.bridle.inference.mask;

/**
 * A Dropout whose masks are drawn.
 *
 * @param layer its place among the model's live ones, from 0
 * @param ratio p, the probability that a unit is dropped, in [0, 1)
 * @param units how many numbers one row of its data holds
 */
public record DropoutLayer(int layer, double ratio, int units) {
  public DropoutLayer {
    if (!(ratio >= 0 && ratio < 1)) {
      throw new IllegalArgumentException("ratio should be in [0, 1): was " + ratio);
    }
  }

  /** Whether the mirror image of a mask is a mask of the same ratio. */
  boolean isSymmetric() {
    return ratio == 0.5;
  }
}
