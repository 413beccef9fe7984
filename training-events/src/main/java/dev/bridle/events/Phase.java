package dev.bridle.events;

/** Where a run is in its life. Early stopping ends in {@link #SUCCEEDED}, with its reason. */
public enum Phase {
  QUEUED,
  PREPARING,
  RUNNING,
  PAUSED,
  EXPORTING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether no phase follows. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
