package dev.bridle.events;

/** Who said which policy judges a run; a later one outranks those before it. */
public enum PolicyOrigin {
  /** The monitor's default. */
  DEFAULT,
  /** Said for all runs of the experiment. */
  EXPERIMENT,
  /** Brought by the run's submission. */
  SUBMISSION,
  /** Said for this run while it went on. */
  OPERATOR;

  public boolean outranks(PolicyOrigin other) {
    return compareTo(other) > 0;
  }
}
