package dev.bridle.inference.engine;

import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.uncertainty.StandardErrorTarget;
import java.util.Optional;

/**
 * How a request is to be sampled.
 *
 * @param samples T, at least 1: how many are drawn unless one of the others ends it before
 * @param target ends the drawing for the rows that have reached it, looked at every {@link
 *     #LOOK_EVERY} samples, row by row; empty to draw all
 * @param deadline ends the drawing; each row has one sample at least
 * @param keeping what is remembered of the samples
 */
public record SamplingPlan(
    MaskMethod method,
    int samples,
    long seed,
    Optional<StandardErrorTarget> target,
    Deadline deadline,
    Keeping keeping) {
  static final int LOOK_EVERY = 64;

  /** What is remembered of samples. */
  public enum Keeping {
    /** Their moments alone, in memory that doesn't depend on T. */
    MOMENTS,
    /** The samples too: T must be the same for all rows, without a target and a deadline. */
    SAMPLES
  }

  /** Keeps the moments alone. */
  public SamplingPlan(
      MaskMethod method,
      int samples,
      long seed,
      Optional<StandardErrorTarget> target,
      Deadline deadline) {
    this(method, samples, seed, target, deadline, Keeping.MOMENTS);
  }

  /** All samples of the method, however long they take. */
  public static SamplingPlan of(MaskMethod method, int samples, long seed) {
    return new SamplingPlan(method, samples, seed, Optional.empty(), Deadline.NONE);
  }
}
