package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.util.OptionalDouble;

/**
 * Stops when a metric has not improved for a number of epochs, in the dialect of a peer.
 *
 * <p>A value v improves on a reference r iff v &lt; r - d (mode min) or v &gt; r + d (mode max),
 * where d is minDelta, or minDelta r if relative. An epoch whose value improves on the best becomes
 * the best and ends the misses, where a baseline is set only if it improves on that too; any other
 * is a miss. The run is to stop when the misses in a row reach the patience (in some dialects
 * exceed it), but never at the first epoch nor before minEpochs. Without {@code cumulative} a value
 * that is better by less than d becomes the best, though it is a miss. The dialects djl and optuna
 * compare otherwise: see {@link PreviousPatience} and {@link WindowPatience}.
 *
 * <p>Before all that, as in Lightning: with checkFinite a NaN or infinity stops at once, a value
 * better than stoppingThreshold or worse than divergenceThreshold too. Else NaN and infinities are
 * misses that never become the best. (In Keras a first NaN becomes the best, and nothing ever
 * improves on it.) Epochs without the metric are passed over, as are those between every
 * evaluateEvery-th.
 *
 * <p>Source: Keras 3's EarlyStopping; the other dialects: {@link PatienceDialect}.
 */
public final class Patience implements Rule<PatienceState> {
  static final RuleDefinition<PatienceState> DEFINITION =
      new RuleDefinition<>(
          "patience",
          true,
          "Stops when a metric has not improved for a number of epochs.",
          PatienceSettings.DOCUMENTED,
          PatienceState.class,
          Patience::of);

  private final PatienceSettings settings;

  private Patience(PatienceSettings settings) {
    this.settings = settings;
  }

  private static Rule<PatienceState> of(Settings given) {
    PatienceSettings settings = PatienceSettings.of(given);
    return switch (settings.dialect().reference) {
      case BEST -> new Patience(settings);
      case PREVIOUS -> new PreviousPatience(settings);
      case WINDOW -> new WindowPatience(settings);
    };
  }

  @Override
  public PatienceState initial() {
    return PatienceState.INITIAL;
  }

  @Override
  public Judged<PatienceState> judge(PatienceState state, EpochCompleted epoch) {
    OptionalDouble measured = settings.measured(epoch);
    if (measured.isEmpty() || ignoresAsWarmUp(epoch)) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    return settings
        .stopAtOnce(state, value)
        .map(stop -> new Judged<>(state, stop))
        .orElseGet(() -> compared(state, epoch, value));
  }

  private Judged<PatienceState> compared(PatienceState state, EpochCompleted epoch, double value) {
    int misses = state.misses() + 1;
    boolean usable = Double.isFinite(value);
    if (usable && (!state.hasBest() || settings.improves(value, state.best()))) {
      return Judged.keepTraining(
          state
              .withBest(epoch.epoch(), value)
              .withMisses(settings.meetsBaseline(value) ? 0 : misses));
    }
    PatienceState missed = state.withMisses(misses);
    if (usable && !settings.cumulative() && settings.mode().better(value, state.best())) {
      missed = missed.withBest(epoch.epoch(), value);
    }
    return misses >= settings.missesToStop() && settings.mayStopAfter(epoch.epoch())
        ? new Judged<>(missed, settings.stop(missed, value))
        : Judged.keepTraining(missed);
  }

  private boolean ignoresAsWarmUp(EpochCompleted epoch) {
    return settings.dialect().warmUp == PatienceDialect.WarmUp.IGNORES
        && epoch.epoch() <= settings.startFromEpoch();
  }
}
