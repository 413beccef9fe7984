package dev.bridle.trainer.queue;

import dev.bridle.events.RunId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the whole log says, entry by entry. Whoever reads the same log reads the same. */
final class QueueBook {
  private final Map<RunId, Standing> standings = new LinkedHashMap<>();
  private final Map<String, RunId> keys = new HashMap<>();

  /** An entry about a run that wasn't submitted doesn't count; nor a key's second submission. */
  void apply(QueueEntry entry, long place) {
    if (entry instanceof QueueEntry.Submitted submitted) {
      if (isFirst(submitted)) {
        standings.putIfAbsent(entry.run(), Standing.submitted(entry.run(), place));
      }
    } else {
      standings.computeIfPresent(entry.run(), (run, standing) -> standing.after(entry, place));
    }
  }

  private boolean isFirst(QueueEntry.Submitted submitted) {
    return submitted
        .idempotencyKey()
        .map(key -> keys.computeIfAbsent(key, unknown -> submitted.run()))
        .filter(first -> !first.equals(submitted.run()))
        .isEmpty();
  }

  Set<RunId> runs() {
    return Set.copyOf(standings.keySet());
  }

  Optional<Standing> standing(RunId run) {
    return Optional.ofNullable(standings.get(run));
  }

  Optional<RunId> submittedWith(String key) {
    return Optional.ofNullable(keys.get(key));
  }

  /** The longest waiting first. */
  List<RunId> waiting() {
    return byAge(Standing::isWaiting).map(Standing::run).toList();
  }

  /**
   * Which run is to be claimed next: one whose holder is silent, before those that wait.
   *
   * @param isSilent whether a run's holder is
   */
  Optional<Standing> next(Predicate<RunId> isSilent) {
    return byAge(standing -> standing.isHeld() && isSilent.test(standing.run()))
        .findFirst()
        .or(() -> byAge(Standing::isOpen).findFirst());
  }

  private Stream<Standing> byAge(Predicate<Standing> wanted) {
    return standings.values().stream()
        .filter(wanted)
        .sorted(Comparator.comparingLong(Standing::since));
  }
}
