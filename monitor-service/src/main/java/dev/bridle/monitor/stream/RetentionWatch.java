package dev.bridle.monitor.stream;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.run.RunState;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Forgets a run the retention after its end, or after its last event if it has no end, by the
 * clock: its state, its policy and its epochs leave the stores and their changelogs. For as long
 * again it is remembered that the run was forgotten, so that what comes late doesn't begin it anew,
 * without its history and under a policy that it never had. A new attempt does begin it.
 *
 * <p>That a run was heard of is written down rarely, so that an epoch costs no writing; a run
 * without an end is therefore kept up to {@value #PARTS}th part of the retention longer.
 */
final class RetentionWatch {
  static final String STORE = "heard";

  /** Runs that one look takes in; the next goes on from there. */
  static final int RUNS_A_LOOK = 1_000;

  /** Epochs that one look removes; the next goes on with the same run. */
  static final int EPOCHS_A_LOOK = 10_000;

  private static final int PARTS = 24;

  private final KeyValueStore<String, byte[]> store;
  private final StoredRuns runs;
  private final KeyValueStore<String, byte[]> epochs;
  private final StallWatch stalls;
  private final MonitorMeters meters;
  private final Clock clock;
  private final long retention;
  private final Map<String, Heard> atHand = new HashMap<>();
  private String lookedUpTo = "";

  private enum Standing {
    GOING_ON,
    ENDED,
    FORGOTTEN
  }

  /** What is stored of a run: since when it stands like this, and its attempt. */
  private record Heard(long millis, Standing standing, int attempt) {
    static Heard read(byte[] stored) {
      ByteBuffer bytes = ByteBuffer.wrap(stored);
      return new Heard(bytes.getLong(), Standing.values()[bytes.get()], bytes.getInt());
    }

    byte[] written() {
      return ByteBuffer.allocate(13)
          .putLong(millis)
          .put((byte) standing.ordinal())
          .putInt(attempt)
          .array();
    }
  }

  RetentionWatch(
      KeyValueStore<String, byte[]> store,
      StoredRuns runs,
      KeyValueStore<String, byte[]> epochs,
      StallWatch stalls,
      MonitorMeters meters,
      Clock clock,
      Duration retention) {
    this.store = store;
    this.runs = runs;
    this.epochs = epochs;
    this.stalls = stalls;
    this.meters = meters;
    this.clock = clock;
    this.retention = retention.toMillis();
  }

  /** Whether the run was forgotten, and this doesn't begin it anew. */
  boolean comesTooLate(TrainingEvent event) {
    return known(event.run().value())
        .filter(run -> run.standing() == Standing.FORGOTTEN)
        .filter(run -> !(event instanceof AttemptStarted) || event.attempt() <= run.attempt())
        .isPresent();
  }

  /** An event of the run has made this of it. */
  void heard(RunId run, RunState state) {
    Standing standing = state.ended() ? Standing.ENDED : Standing.GOING_ON;
    Optional<Heard> known = known(run.value());
    boolean stands =
        known.isPresent()
            && known.get().standing() == standing
            && known.get().attempt() == state.attempt();
    boolean lately = stands && clock.millis() - known.get().millis() < retention / PARTS;
    if (!stands || (standing == Standing.GOING_ON && !lately)) {
      write(run.value(), new Heard(clock.millis(), standing, state.attempt()));
    }
  }

  /** Looks at the next runs and forgets those whose time is over. There is nothing to publish. */
  List<TrainingEvent> look() {
    List<KeyValue<String, byte[]>> looked = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> next = store.range(lookedUpTo, null)) {
      while (next.hasNext() && looked.size() < RUNS_A_LOOK) {
        looked.add(next.next());
      }
      lookedUpTo = next.hasNext() ? next.peekNextKey() : "";
    }
    int epochsLeft = EPOCHS_A_LOOK;
    for (KeyValue<String, byte[]> run : looked) {
      Heard heard = Heard.read(run.value);
      if (isOver(heard)) {
        epochsLeft -= forget(run.key, heard, epochsLeft);
      }
      if (epochsLeft <= 0) {
        lookedUpTo = run.key;
        break;
      }
    }
    return List.of();
  }

  private boolean isOver(Heard run) {
    long allowance = run.standing() == Standing.GOING_ON ? retention / PARTS : 0;
    return clock.millis() - run.millis() >= retention + allowance;
  }

  /** Returns how many epochs it removed: as many as it may if there are more. */
  private int forget(String run, Heard heard, int epochsAtMost) {
    if (heard.standing() == Standing.FORGOTTEN) {
      store.delete(run);
      atHand.remove(run);
      return 0;
    }
    int removed = StoredHistory.removeFirst(epochs, new RunId(run), epochsAtMost);
    if (removed < epochsAtMost) {
      runs.remove(run);
      stalls.forget(run);
      write(run, new Heard(clock.millis(), Standing.FORGOTTEN, heard.attempt()));
      meters.forgotten();
    }
    return removed;
  }

  private Optional<Heard> known(String run) {
    Heard known = atHand.get(run);
    if (known == null) {
      byte[] stored = store.get(run);
      if (stored == null) {
        return Optional.empty();
      }
      known = Heard.read(stored);
      atHand.put(run, known);
    }
    return Optional.of(known);
  }

  private void write(String run, Heard heard) {
    store.put(run, heard.written());
    if (heard.standing() == Standing.GOING_ON) {
      atHand.put(run, heard);
    } else {
      atHand.remove(run);
    }
  }
}
