package dev.bridle.inference.mask;

/**
 * Every sample by itself: plain MC-dropout (Gal and Ghahramani, ICML 2016). The error of the mean
 * falls with 1 / sqrt(T), and {@code mean_se} measures it.
 */
final class Independent implements MaskMethod {
  static final String NAME = "sample";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isIndependent() {
    return true;
  }

  @Override
  public boolean isPaired(DropoutLayer layer) {
    return false;
  }

  @Override
  public Masks masks(DropoutLayer layer, int samples, long seed) {
    return new DropBits(layer, seed, word -> word);
  }
}
