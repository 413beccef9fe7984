package dev.bridle.monitor.replay;

import dev.bridle.events.EpochCompleted;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a stop saved and what it cost, judged by the whole curve. A curve that is not stopped keeps
 * its last epoch, so it saves and misses nothing.
 *
 * @param stopEpoch after which the stop is signaled; empty if it never is
 * @param epochsSaved how many epochs follow the stop
 * @param bestEpoch the first with the best finite value of the metric in the whole curve; empty if
 *     there is none
 * @param bestMissed whether the value at {@code bestEpoch} is better than any up to the stop
 * @param regret the distance, at least 0, from the best value up to the stop to the best of all, in
 *     the metric's unit; empty if there is no finite value up to the stop
 */
public record Hindsight(
    OptionalInt stopEpoch,
    int epochsSaved,
    OptionalInt bestEpoch,
    boolean bestMissed,
    OptionalDouble regret) {

  /** Which metric tells the better epoch, and whether less of it is better. */
  public record Goal(String metric, boolean minimize) {
    private OptionalDouble value(EpochCompleted epoch) {
      OptionalDouble value = epoch.metric(metric);
      return value.isPresent() && Double.isFinite(value.getAsDouble())
          ? value
          : OptionalDouble.empty();
    }

    private boolean better(double value, double than) {
      return minimize ? value < than : value > than;
    }
  }

  public static Hindsight of(Curve curve, Replayed replayed, Goal goal) {
    List<EpochCompleted> epochs = curve.epochs();
    int trained = replayed.stopIndex().orElse(epochs.size() - 1) + 1;
    OptionalInt best = best(epochs, goal);
    OptionalInt bestTrained = best(epochs.subList(0, trained), goal);
    return new Hindsight(
        replayed.stopIndex().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(epochs.get(trained - 1).epoch()),
        epochs.size() - trained,
        best.isEmpty() ? OptionalInt.empty() : OptionalInt.of(epochs.get(best.getAsInt()).epoch()),
        !best.equals(bestTrained),
        bestTrained.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                Math.abs(
                    goal.value(epochs.get(bestTrained.getAsInt())).getAsDouble()
                        - goal.value(epochs.get(best.getAsInt())).getAsDouble())));
  }

  /** The index of the first epoch with the best finite value. */
  private static OptionalInt best(List<EpochCompleted> epochs, Goal goal) {
    int best = -1;
    for (int i = 0; i < epochs.size(); i++) {
      OptionalDouble value = goal.value(epochs.get(i));
      if (value.isPresent()
          && (best < 0
              || goal.better(value.getAsDouble(), goal.value(epochs.get(best)).getAsDouble()))) {
        best = i;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }
}
