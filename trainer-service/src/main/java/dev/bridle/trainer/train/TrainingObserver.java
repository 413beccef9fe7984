package dev.bridle.trainer.train;

import java.util.function.Supplier;

/** Who watches a run, and may end it, between epochs. */
public interface TrainingObserver {
  /** Called once an epoch, in order; must not wait for anything slow. */
  void completed(EpochRecord epoch);

  /**
   * Asked before each epoch but the first, and not after the last. Goes on unless told otherwise.
   *
   * @param lastEpoch the last epoch that was trained
   * @param knobs to be turned before the next epoch
   */
  default Wish wish(int lastEpoch, Knobs knobs) {
    return new Wish.GoOn();
  }

  /**
   * Called after each epoch, when it is clear what becomes of the run and every knob is turned.
   *
   * @param checkpoint makes one, at the cost of a copy of all weights and moments
   */
  default void settled(Wish wish, Supplier<Checkpoint> checkpoint) {}
}
