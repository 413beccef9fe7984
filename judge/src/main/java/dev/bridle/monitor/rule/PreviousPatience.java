package dev.bridle.monitor.rule;

import dev.bridle.events.EpochCompleted;
import java.util.OptionalDouble;

/**
 * Patience as DJL's EarlyStoppingListener has it: an epoch improves iff v &lt;= p (100 -
 * percentImprovement) / 100, where p is the newest finite value before it (mode max: v &gt;= p (100
 * + percentImprovement) / 100). The run is to stop when the misses in a row reach the patience; a
 * run of patience 0 stops at its first miss. Before minEpochs nothing is compared. NaN and
 * infinities are misses and never the reference. Without a reference there is nothing to miss.
 */
final class PreviousPatience implements Rule<PatienceState> {
  private final PatienceSettings settings;

  PreviousPatience(PatienceSettings settings) {
    this.settings = settings;
  }

  @Override
  public PatienceState initial() {
    return PatienceState.INITIAL;
  }

  @Override
  public Judged<PatienceState> judge(PatienceState state, EpochCompleted epoch) {
    OptionalDouble measured = settings.measured(epoch);
    if (measured.isEmpty()) {
      return Judged.keepTraining(state);
    }
    double value = measured.getAsDouble();
    boolean compares =
        !state.recent().isEmpty()
            && epoch.epoch() >= settings.minEpochs()
            && epoch.epoch() > settings.startFromEpoch();
    int misses =
        compares
            ? (improves(value, state.recent().get(0)) ? 0 : state.misses() + 1)
            : state.misses();
    PatienceState next = remembering(state, epoch, value).withMisses(misses);
    return settings
        .stopAtOnce(state, value)
        .map(stop -> new Judged<>(next, stop))
        .orElseGet(
            () ->
                compares && misses > 0 && misses >= settings.patience()
                    ? new Judged<>(next, settings.stop(next, value, reason(state, value, misses)))
                    : Judged.keepTraining(next));
  }

  private boolean improves(double value, double previous) {
    double share = settings.percentImprovement() / 100;
    return settings.mode() == Direction.MIN
        ? value <= previous * (1 - share)
        : value >= previous * (1 + share);
  }

  private PatienceState remembering(PatienceState state, EpochCompleted epoch, double value) {
    if (!Double.isFinite(value)) {
      return state;
    }
    PatienceState next = state.withRecent(value, 1);
    return !state.hasBest() || settings.mode().better(value, state.best())
        ? next.withBest(epoch.epoch(), value)
        : next;
  }

  private String reason(PatienceState state, double value, int misses) {
    return "%s has not improved by %s %% over the epoch before for %s: %s after %s"
        .formatted(
            settings.metric(),
            Texts.number(settings.percentImprovement()),
            Texts.epochs(misses),
            Texts.number(value),
            Texts.number(state.recent().get(0)));
  }
}
