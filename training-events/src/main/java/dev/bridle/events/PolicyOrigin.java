package dev.bridle.events;

/** Who said which policy judges a run. */
public enum PolicyOrigin {
  /** The monitor's default. */
  DEFAULT(0),
  /** Said for all runs of the experiment. */
  EXPERIMENT(0),
  /** Brought by the run's submission. */
  SUBMISSION(1),
  /** Said for this run while it went on. */
  OPERATOR(2);

  private final int rank;

  PolicyOrigin(int rank) {
    this.rank = rank;
  }

  /** What is said for one run outranks what stands for many; of those, the newest is in force. */
  public boolean outranks(PolicyOrigin other) {
    return rank > other.rank;
  }
}
