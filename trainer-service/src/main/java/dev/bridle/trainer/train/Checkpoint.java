package dev.bridle.trainer.train;

import dev.bridle.trainer.model.Weights;
import java.util.List;
import java.util.Optional;

/**
 * All that training depends on after an epoch, beside the spec and its data: a loop that takes it
 * up goes on as if it had never stopped, bit for bit, on the same machine and number of threads.
 * There is no state of a generator in it, for all randomness is a function of (seed, epoch, step).
 *
 * @param epoch the last epoch that was trained; 0 before the first
 * @param weights after it, running statistics included
 * @param turns of knobs so far, in their order
 * @param best the best epoch so far; empty if no epoch's loss was finite
 */
public record Checkpoint(
    int epoch, Weights weights, OptimizerState optimizer, List<Turned> turns, Optional<Best> best) {
  /**
   * A knob that was turned.
   *
   * @param knob {@code learningRate} or a technique's name in the catalog
   */
  public record Turned(String knob, double factor) {}

  /**
   * The epoch with the lowest validation loss.
   *
   * @param turns how many of the run's turns came before it
   */
  public record Best(int epoch, double validationLoss, int turns, Weights weights) {}

  public Checkpoint {
    turns = List.copyOf(turns);
  }
}
