package dev.bridle.inference.engine;

/**
 * How many samples a run of the suffix takes. A function of the plan alone: whatever else is in a
 * request, the products keep their shape, and so a row keeps its bits.
 */
final class BlockSize {
  /** Enough that reading the weights costs little beside the products; a multiple of 64. */
  static final int GREATEST = 128;

  /** Under a deadline, so that each row has some soon. */
  private static final int FIRST = 4;

  private BlockSize() {}

  /** The next run's, when so many are drawn; none crosses a multiple of the greatest. */
  static int next(SamplingPlan plan, int drawn) {
    int step = plan.target().isPresent() ? SamplingPlan.LOOK_EVERY : GREATEST;
    boolean soon = drawn == 0 && plan.deadline() != Deadline.NONE;
    int end = soon ? FIRST : (drawn / step + 1) * step;
    return Math.min(end, plan.samples()) - drawn;
  }
}
