package dev.bridle.trainer.train;

/**
 * What can be changed in a run that trains, between epochs; the change holds from the next one on.
 */
public interface Knobs {
  /**
   * The knob as it was and as it is now, or why it stays.
   *
   * @param turned whether it changed
   * @param text such as {@code learningRate 0.001 -> 5.0E-4}, or the reason
   */
  record Turn(boolean turned, String text) {
    static Turn done(String knob, Object before, Object after) {
      return new Turn(true, "%s %s -> %s".formatted(knob, before, after));
    }

    static Turn impossible(String reason) {
      return new Turn(false, reason);
    }
  }

  /**
   * Multiplies the learning rate, whatever its schedule makes of it.
   *
   * @param factor in (0, 1)
   */
  Turn reduceLearningRate(double factor);

  /**
   * Multiplies the strength of a technique that the run has.
   *
   * @param technique its name in the catalog
   * @param factor above 1
   */
  Turn strengthen(String technique, double factor);
}
