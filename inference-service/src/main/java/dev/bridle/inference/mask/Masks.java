package dev.bridle.inference.mask;

/** The masks of one Dropout, drawn sample after sample for one request. Not thread-safe. */
public interface Masks {
  /** Writes the next sample's mask: 0 for a dropped unit, 1 / (1 - p) for a kept one. */
  void next(float[] mask);
}
