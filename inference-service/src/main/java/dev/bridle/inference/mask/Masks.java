package dev.bridle.inference.mask;

/** The masks of one Dropout, drawn 64 samples after 64 for one request. Not thread-safe. */
public interface Masks {
  /** How many samples {@link #next} draws. */
  int AT_ONCE = Long.SIZE;

  /**
   * Draws the next 64 samples: bit j of a unit's word is set where the j-th of them keeps it. What
   * lies beyond T means nothing.
   *
   * @param kept a word for each unit
   */
  void next(long[] kept);

  /** What a kept unit is multiplied by, so that a mask's expectation is 1. */
  float scale();
}
