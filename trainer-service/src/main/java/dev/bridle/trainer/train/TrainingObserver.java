package dev.bridle.trainer.train;

import dev.bridle.events.TrainingOutcome;
import java.util.Optional;

/** Who watches a run, and may end it, between epochs. */
public interface TrainingObserver {
  /** Called once an epoch, in order; must not wait for anything slow. */
  void completed(EpochRecord epoch);

  /**
   * Asked before each epoch but the first, and not after the last.
   *
   * @param lastEpoch the last epoch that was trained
   * @param knobs to be turned before the next epoch
   * @return the outcome to end with; empty to go on
   */
  Optional<TrainingOutcome> wishToEnd(int lastEpoch, Knobs knobs);
}
