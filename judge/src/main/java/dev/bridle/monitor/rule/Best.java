package dev.bridle.monitor.rule;

/**
 * The best value so far, and where it was: the earliest of equals.
 *
 * @param epoch 0 before there is one
 */
public record Best(int epoch, double value) {
  static final Best NONE = new Best(0, 0);

  /** With one more value; one that is NaN or infinite is never the best. */
  Best with(int atEpoch, double candidate, Direction mode) {
    return Double.isFinite(candidate) && (epoch == 0 || mode.better(candidate, value))
        ? new Best(atEpoch, candidate)
        : this;
  }
}
