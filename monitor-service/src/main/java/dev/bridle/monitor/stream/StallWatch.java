package dev.bridle.monitor.stream;

import dev.bridle.events.AlertRaised;
import dev.bridle.events.AlertResolved;
import dev.bridle.events.AttemptSuspended;
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
import java.util.HashMap;
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
  private final StoredRuns runs;
  private final Clock clock;
  private final Duration limit;
  private final Instant began;
  private final Map<String, Heard> heard = new HashMap<>();
  private String lookedUpTo = "";

  /** A run's newest event, by the clock; for this process alone, since a new one begins anew. */
  private record Heard(Instant at, Watched as) {}

  /**
   * What is stored of a run that is watched: it changes as rarely as its policy or its silence.
   *
   * @param limitSeconds of its silence; 0 for none
   * @param attempt of the alert that its silence raised; 0 if it raised none
   * @param epoch of that alert
   */
  private record Watched(long limitSeconds, int attempt, int epoch) {
    static Watched read(byte[] stored) {
      ByteBuffer bytes = ByteBuffer.wrap(stored);
      return new Watched(bytes.getLong(), bytes.getInt(), bytes.getInt());
    }

    byte[] written() {
      return ByteBuffer.allocate(16).putLong(limitSeconds).putInt(attempt).putInt(epoch).array();
    }

    boolean alerted() {
      return attempt > 0;
    }

    boolean tooLong(Duration silence) {
      return !alerted() && limitSeconds > 0 && silence.toSeconds() >= limitSeconds;
    }
  }

  /**
   * @param watched has the runs that go on
   * @param limit of runs whose policy says none
   */
  StallWatch(KeyValueStore<String, byte[]> watched, StoredRuns runs, Clock clock, Duration limit) {
    this.watched = watched;
    this.runs = runs;
    this.clock = clock;
    this.limit = limit;
    began = clock.instant();
  }

  /** An event of the run has made this of it; returns the end of its alert, if it had one. */
  Optional<TrainingEvent> seen(RunId run, RunState state) {
    Optional<Watched> before = watched(run.value());
    if (state.judging()) {
      Watched now = new Watched(state.policy().silenceAllowed().orElse(limit).toSeconds(), 0, 0);
      if (!before.equals(Optional.of(now))) {
        watched.put(run.value(), now.written());
      }
      heard.put(run.value(), new Heard(clock.instant(), now));
    } else if (before.isPresent()) {
      watched.delete(run.value());
      heard.remove(run.value());
    }
    return resolution(before, run, state.attempt(), state.lastEpoch());
  }

  /**
   * A run that was put aside is silent until its next attempt, unless that has begun already;
   * returns the end of its alert, if it had one.
   */
  Optional<TrainingEvent> excuse(AttemptSuspended suspension) {
    String run = suspension.run().value();
    if (runs.find(run).stream().anyMatch(state -> state.attempt() > suspension.attempt())) {
      return Optional.empty();
    }
    Optional<Watched> before = watched(run);
    forget(run);
    return resolution(before, suspension.run(), suspension.attempt(), suspension.lastEpoch());
  }

  private Optional<TrainingEvent> resolution(
      Optional<Watched> before, RunId run, int attempt, int lastEpoch) {
    return before
        .filter(Watched::alerted)
        .map(
            alert ->
                new AlertResolved(
                    SignalId.of(run, alert.attempt(), alert.epoch(), RULE),
                    run,
                    attempt,
                    lastEpoch,
                    RULE,
                    clock.instant()));
  }

  /** The run is no more; nothing is said of it. */
  void forget(String run) {
    watched.delete(run);
    heard.remove(run);
  }

  private Optional<Watched> watched(String run) {
    Heard known = heard.get(run);
    return known != null
        ? Optional.of(known.as())
        : Optional.ofNullable(watched.get(run)).map(Watched::read);
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
      Watched known = Watched.read(run.value);
      Instant last = heard.containsKey(run.key) ? heard.get(run.key).at() : began;
      Duration silence = Duration.between(last, clock.instant());
      if (known.tooLong(silence)) {
        RunState state = runs.find(run.key).orElseThrow();
        Watched alerted = new Watched(known.limitSeconds(), state.attempt(), state.lastEpoch());
        watched.put(run.key, alerted.written());
        heard.put(run.key, new Heard(last, alerted));
        alerts.add(alert(new RunId(run.key), alerted, silence));
      }
    }
    return alerts;
  }

  private TrainingEvent alert(RunId run, Watched seen, Duration silence) {
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
