package dev.bridle.trainer.train;

import dev.bridle.events.TrainingOutcome;

/** What is to become of a run after an epoch. */
public sealed interface Wish {
  /** The next epoch is to be trained. */
  record GoOn() implements Wish {}

  /** The process is to be free for others; the run is taken up from its checkpoint later. */
  record Pause() implements Wish {}

  /** Training is over. */
  record End(TrainingOutcome outcome) implements Wish {}
}
