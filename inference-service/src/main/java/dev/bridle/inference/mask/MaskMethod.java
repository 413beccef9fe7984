package dev.bridle.inference.mask;

/**
 * How the masks of T samples are drawn. Under every method each sample by itself is a sub-network
 * of plain Dropout, so all of them estimate the same expectations without bias; they differ in how
 * the samples of one request depend on each other. All rows of a request share the masks, so that a
 * row's answer doesn't depend on its neighbors. One class and one line in {@link MaskMethods} each.
 */
public interface MaskMethod {
  /** The value of {@code mc_method}. */
  String name();

  /** Whether the samples are independent, which formulas for the spread of their mean assume. */
  boolean isIndependent();

  /** Whether samples 2i and 2i + 1 keep opposite units of the layer, for every i. */
  boolean isPaired(DropoutLayer layer);

  /** Whether the layer's masks are {@link HalfSamples}. */
  default boolean isHalved(DropoutLayer layer) {
    return false;
  }

  /**
   * The masks of samples 0 to T - 1 in their order, as a pure function of its arguments.
   *
   * @param samples T, at least 1
   */
  Masks masks(DropoutLayer layer, int samples, long seed);
}
