package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Signals of runs that another trainer has, for the day when this one takes them over. */
final class Mailbox {
  private final Map<RunId, List<SignalIssued>> kept = new HashMap<>();

  synchronized void keep(SignalIssued signal) {
    kept.computeIfAbsent(signal.run(), run -> new ArrayList<>()).add(signal);
  }

  /**
   * Hands out the run's, and throws away those of runs that will never come.
   *
   * @param mayCome whether a run may
   */
  synchronized List<SignalIssued> take(RunId run, Predicate<RunId> mayCome) {
    List<SignalIssued> own = kept.remove(run);
    kept.keySet().removeIf(mayCome.negate());
    return own == null ? List.of() : own;
  }
}
