package dev.bridle.inference.mask;

/**
 * Stratified: of the T samples exactly (1 - p) T keep a unit, or the whole number below or above,
 * drawn so that the expectation stays, and independently of the other units' or nearly so. It
 * removes from the error of the mean what is additive over the units. The variance is biased up by
 * a share of at most 1 / (T - 1), and {@code mean_se} is an upper bound while that outweighs the
 * rest.
 */
final class Balanced implements MaskMethod {
  @Override
  public String name() {
    return "balanced";
  }

  @Override
  public boolean isIndependent() {
    return false;
  }

  @Override
  public boolean isPaired(DropoutLayer layer) {
    return false;
  }

  @Override
  public boolean isHalved(DropoutLayer layer) {
    return layer.isSymmetric();
  }

  @Override
  public Masks masks(DropoutLayer layer, int samples, long seed) {
    return isHalved(layer)
        ? new HalfSamples(layer, samples, seed)
        : new Selection(layer, samples, seed);
  }
}
