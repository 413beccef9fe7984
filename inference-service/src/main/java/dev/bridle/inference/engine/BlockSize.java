package dev.bridle.inference.engine;

/**
 * How many pairs of sample and row a run of the suffix takes. A function of the plan alone:
 * whatever else is in a request, the products keep their shape, and so a row keeps its bits.
 */
final class BlockSize {
  /** Enough rows that reading the weights costs little beside the products. */
  private static final int GREATEST = 100;

  /** Products of a multiple of so many rows waste least. */
  private static final int STEP = 4;

  private BlockSize() {}

  static int rows(SamplingPlan plan) {
    int greatest = plan.target().isPresent() ? SamplingPlan.LOOK_EVERY : GREATEST;
    return Math.min(greatest, (plan.samples() + STEP - 1) / STEP * STEP);
  }
}
