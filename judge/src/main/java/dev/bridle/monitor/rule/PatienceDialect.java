package dev.bridle.monitor.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the peers differ in what they all call patience: a row of defaults each. Whatever a policy
 * sets explicitly holds in every dialect that compares with the best.
 *
 * <p>Sources: the early-stopping classes of the peers that the names say, and their own tests.
 */
enum PatienceDialect {
  /** Patience 0 acts as 1, since the first epoch never stops. */
  KERAS(0, 0, false, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  LIGHTNING(3, 0, false, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, true),
  /** Compares with the epoch before; as good as the goal is improved. */
  DJL(0, 0, false, Misses.AT_PATIENCE, true, WarmUp.LEARNS, Reference.PREVIOUS, false),
  DL4J(1, 0, false, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  /** Unless cumulative, an improvement too small to count still becomes the best. */
  IGNITE(1, 0, false, Misses.AT_PATIENCE, false, WarmUp.IGNORES, Reference.BEST, false),
  FLAX(0, 0, false, Misses.ABOVE_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  ALLENNLP(1, 0, false, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  COMPOSER(1, 0, false, Misses.ABOVE_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  CHAINER(3, 0, false, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  SKORCH(5, 1e-4, true, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.BEST, false),
  /** Learns the best during the warm-up, and may stop at once after it. */
  BURN(1, 0, false, Misses.AT_PATIENCE, true, WarmUp.LEARNS, Reference.BEST, false),
  HUGGINGFACE(1, 0, false, Misses.AT_PATIENCE, false, WarmUp.IGNORES, Reference.BEST, false),
  /** Compares the best of the last patience + 1 epochs with the best before them. */
  OPTUNA(0, 0, false, Misses.AT_PATIENCE, true, WarmUp.IGNORES, Reference.WINDOW, false);

  /** When the misses in a row are too many. */
  enum Misses {
    AT_PATIENCE,
    ABOVE_PATIENCE
  }

  /** What the epochs up to startFromEpoch do. */
  enum WarmUp {
    IGNORES,
    LEARNS
  }

  /** What an epoch is compared with. */
  enum Reference {
    BEST,
    PREVIOUS,
    WINDOW
  }

  final int patience;
  final double minDelta;
  final boolean relative;
  final Misses misses;
  final boolean cumulative;
  final WarmUp warmUp;
  final Reference reference;
  final boolean checkFinite;

  PatienceDialect(
      int patience,
      double minDelta,
      boolean relative,
      Misses misses,
      boolean cumulative,
      WarmUp warmUp,
      Reference reference,
      boolean checkFinite) {
    this.patience = patience;
    this.minDelta = minDelta;
    this.relative = relative;
    this.misses = misses;
    this.cumulative = cumulative;
    this.warmUp = warmUp;
    this.reference = reference;
    this.checkFinite = checkFinite;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(dialect -> dialect.name().toLowerCase(Locale.ROOT)).toList();
  }

  static PatienceDialect named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
