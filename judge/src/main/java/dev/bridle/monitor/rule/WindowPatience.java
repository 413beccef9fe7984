package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.util.OptionalDouble;

/**
 * Patience as Optuna's PatientPruner has it: with W the last patience + 1 values and B those before
 * them, the run is to stop iff min(B) + minDelta &lt; min(W) (mode max: max(B) - minDelta &gt;
 * max(W)). So it needs at least patience + 2 values. NaN is passed over in both, as numpy's nanmin
 * does; a window of NaN alone stops nothing.
 */
final class WindowPatience implements Rule<PatienceState> {
  private final PatienceSettings settings;

  WindowPatience(PatienceSettings settings) {
    this.settings = settings;
  }

  @Override
  public PatienceState initial() {
    return PatienceState.INITIAL;
  }

  /** The state's best is that of the values before the window. */
  @Override
  public Judged<PatienceState> judge(PatienceState state, EpochCompleted epoch) {
    OptionalDouble measured = settings.measured(epoch);
    if (measured.isEmpty() || epoch.epoch() <= settings.startFromEpoch()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    int window = settings.patience() + 1;
    PatienceState next = leaving(state, epoch, window).withRecent(value, window);
    return settings
        .stopAtOnce(next, value)
        .map(stop -> new Judged<>(next, stop))
        .orElseGet(
            () ->
                next.hasBest()
                        && settings.mayStopAfter(epoch.epoch())
                        && settings.mode().betterBy(settings.minDelta(), next.best(), best(next))
                    ? new Judged<>(next, settings.stop(next.withMisses(window), value))
                    : Judged.keepTraining(next));
  }

  /**
   * What falls out of a full window may be the best before it. Its epoch is the newest's, less the
   * window.
   */
  private PatienceState leaving(PatienceState state, EpochCompleted epoch, int window) {
    if (state.recent().size() < window || Double.isNaN(state.recent().get(0))) {
      return state;
    }
    double oldest = state.recent().get(0);
    return !state.hasBest() || settings.mode().better(oldest, state.best())
        ? state.withBest(Math.max(1, epoch.epoch() - window * settings.evaluateEvery()), oldest)
        : state;
  }

  private double best(PatienceState state) {
    return state.recent().stream()
        .filter(value -> !Double.isNaN(value))
        .reduce(settings.mode()::best)
        .orElse(Double.NaN);
  }
}
