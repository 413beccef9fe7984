package dev.bridle.trainer.data;

/**
 * Randomness as a function: the seed of anything is a hash of the run's seed and its place, such as
 * (epoch, step), so that whatever is repeated or resumed draws the same numbers.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** What the randomness is for; equal places of different purposes draw different numbers. */
  public enum Purpose {
    SPLIT,
    LABEL_NOISE,
    INITIAL_WEIGHTS,
    SHUFFLE,
    STEP,
    CLEAN_ROWS
  }

  private Seeds() {}

  public static long of(long seed, Purpose purpose, long... place) {
    long hash = mixed(seed + GOLDEN_GAMMA * (purpose.ordinal() + 1));
    for (long coordinate : place) {
      hash = mixed(hash + GOLDEN_GAMMA + coordinate);
    }
    return hash;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
