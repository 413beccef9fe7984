package dev.bridle.trainer.train;

/** What a loop measures. It changes nothing in what is trained, to the bit. */
public enum Measured {
  /** All that an epoch's metrics tell. */
  EVERYTHING,

  /**
   * The steps' own loss and the validation loss, which any early stopping needs: the bare loop that
   * the price of everything is measured against.
   */
  LOSSES
}
