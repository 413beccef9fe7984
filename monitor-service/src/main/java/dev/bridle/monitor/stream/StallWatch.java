package dev.bridle.monitor.stream;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.RunId;
import dev.bridle.events.Severity;
import dev.bridle.events.SignalId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.monitor.run.RunState;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Warns of runs that send nothing for too long; the next event resolves it. A run is watched while
 * it is judged: not once it ended, or a stop was decided.
 *
 * <p>Silence counts from the event's arrival by the clock, and at the earliest from the start of
 * this task: what waits in the topic while no monitor runs is no silence. A policy may set another
 * limit than the monitor's by the rule {@link dev.bridle.monitor.rule.StalledRun}.
 */
final class StallWatch {
  static final String RULE = "stalledRun";

  /** Runs that one look takes in; the next goes on from there. */
  static final int RUNS_A_LOOK = 1_000;

  private final KeyValueStore<String, byte[]> watched;
  private final Clock clock;
  private final Duration limit;
  private final Instant began;
  private String lookedUpTo = "";

  /**
   * What is remembered of a run.
   *
   * @param alerted whether the silence since then has raised its alert
   * @param limitSeconds of its silence
   */
  private record Seen(int attempt, int epoch, long millis, boolean alerted, long limitSeconds) {
    static Seen read(byte[] stored) {
      ByteBuffer bytes = ByteBuffer.wrap(stored);
      return new Seen(
          bytes.getInt(), bytes.getInt(), bytes.getLong(), bytes.get() == 1, bytes.getLong());
    }

    boolean tooLong(Duration silence) {
      return !alerted && limitSeconds > 0 && silence.toSeconds() >= limitSeconds;
    }

    Seen whenAlerted() {
      return new Seen(attempt, epoch, millis, true, limitSeconds);
    }

    byte[] written() {
      return ByteBuffer.allocate(25)
          .putInt(attempt)
          .putInt(epoch)
          .putLong(millis)
          .put((byte) (alerted ? 1 : 0))
          .putLong(limitSeconds)
          .array();
    }
  }

  StallWatch(KeyValueStore<String, byte[]> watched, Clock clock, Duration limit) {
    this.watched = watched;
    this.clock = clock;
    this.limit = limit;
    began = clock.instant();
  }

  /** An event of the run has made this of it; returns the end of its alert, if it had one. */
  Optional<TrainingEvent> seen(RunId run, RunState state) {
    byte[] stored = watched.get(run.value());
    if (state.judging()) {
      long allowed = state.policy().silenceAllowed().orElse(limit).toSeconds();
      Seen now = new Seen(state.attempt(), state.lastEpoch(), clock.millis(), false, allowed);
      watched.put(run.value(), now.written());
    } else if (stored != null) {
      watched.delete(run.value());
    }
    return Optional.ofNullable(stored)
        .map(Seen::read)
        .filter(Seen::alerted)
        .map(
            before ->
                new AlertResolved(
                    SignalId.of(run, before.attempt(), before.epoch(), RULE),
                    run,
                    state.attempt(),
                    state.lastEpoch(),
                    RULE,
                    clock.instant()));
  }

  /** Looks at the next runs, {@link #RUNS_A_LOOK} at most; returns the new alerts. */
  List<TrainingEvent> look() {
    List<KeyValue<String, byte[]>> looked = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> next = watched.range(lookedUpTo, null)) {
      while (next.hasNext() && looked.size() < RUNS_A_LOOK) {
        looked.add(next.next());
      }
      // The next look begins with the first run that this one left out, or from the beginning.
      lookedUpTo = next.hasNext() ? next.peekNextKey() : "";
    }
    List<TrainingEvent> alerts = new ArrayList<>();
    for (KeyValue<String, byte[]> run : looked) {
      Seen seen = Seen.read(run.value);
      Duration silence = silence(seen);
      if (seen.tooLong(silence)) {
        watched.put(run.key, seen.whenAlerted().written());
        alerts.add(alert(new RunId(run.key), seen, silence));
      }
    }
    return alerts;
  }

  private Duration silence(Seen seen) {
    Instant arrived = Instant.ofEpochMilli(seen.millis());
    return Duration.between(arrived.isBefore(began) ? began : arrived, clock.instant());
  }

  private TrainingEvent alert(RunId run, Seen seen, Duration silence) {
    return new AlertRaised(
        SignalId.of(run, seen.attempt(), seen.epoch(), RULE),
        run,
        seen.attempt(),
        seen.epoch(),
        RULE,
        Severity.CRITICAL,
        "Stalled: nothing came for %d s after epoch %d"
            .formatted(silence.toSeconds(), seen.epoch()),
        Map.of(
            "silentSeconds",
            silence.toMillis() / 1e3,
            "limitSeconds",
            (double) seen.limitSeconds()),
        "Look whether the trainer is alive and reaches Kafka; a new attempt resumes from its last"
            + " checkpoint.",
        clock.instant());
  }
}
