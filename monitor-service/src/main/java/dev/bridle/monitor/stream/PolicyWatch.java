package dev.bridle.monitor.stream;

import dev.bridle.events.PolicyChanged;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.book.StandingPolicies;
import dev.bridle.monitor.run.PolicyBook;
import dev.bridle.monitor.run.PolicyBook.Standing;
import dev.bridle.monitor.run.RunState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Sees that a standing policy changed, and says so to every run that it judges: as an event among
 * the run's epochs, so that it is in force from the same one for all readers. Each instance does
 * this for the runs of its own partitions.
 */
final class PolicyWatch {
  /** Runs that one look takes in; the next goes on from there. */
  static final int RUNS_A_LOOK = 1_000;

  private final StandingPolicies standing;
  private final PolicyBook book;
  private final StoredRuns runs;
  private final KeyValueStore<String, byte[]> watched;
  private final Clock clock;
  private Map<String, PolicySpec> known;
  private String next;

  /**
   * @param watched has the runs that go on
   */
  PolicyWatch(
      StandingPolicies standing,
      PolicyBook book,
      StoredRuns runs,
      KeyValueStore<String, byte[]> watched,
      Clock clock) {
    this.standing = standing;
    this.book = book;
    this.runs = runs;
    this.watched = watched;
    this.clock = clock;
  }

  /** The changes of the next runs; of none while no policy changed. */
  List<TrainingEvent> look() {
    Map<String, PolicySpec> now = standing.all();
    if (!now.equals(known)) {
      known = now;
      next = "";
    }
    return next == null ? List.of() : changes();
  }

  private List<TrainingEvent> changes() {
    List<String> looked = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = watched.range(next, null)) {
      while (found.hasNext() && looked.size() < RUNS_A_LOOK) {
        looked.add(found.next().key);
      }
      next = found.hasNext() ? found.peekNextKey() : null;
    }
    List<TrainingEvent> changes = new ArrayList<>();
    for (String run : looked) {
      runs.find(run)
          .filter(state -> !state.origin().outranks(PolicyOrigin.EXPERIMENT))
          .ifPresent(state -> change(run, state, changes));
    }
    return changes;
  }

  private void change(String run, RunState state, List<TrainingEvent> changes) {
    Standing stands = book.standing(state.experiment());
    if (!state.policy().isAskedAs(stands.policy())) {
      changes.add(
          new PolicyChanged(
              new RunId(run), state.attempt(), stands.policy(), stands.origin(), clock.instant()));
    }
  }
}
