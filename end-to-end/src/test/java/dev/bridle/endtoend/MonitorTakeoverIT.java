package dev.bridle.endtoend;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two monitors share the runs; whichever is killed, the other decides what it would have. */
class MonitorTakeoverIT {
  private static final System.Logger LOG = System.getLogger(MonitorTakeoverIT.class.getName());
  private static final int RUNS = 1_000;
  private static final int KILLS = 10;
  private static final int EVENTS_A_SECOND = 500;
  private static final long SEED = 20;

  /** A session's timeout, a transaction's, and the work that has piled up. */
  private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(30);

  @TempDir Path home;
  private final Random random = new Random(SEED);

  @Test
  void tenKillsUnderAThousandRunsRepeatLoseAndChangeNoDecision() {
    List<TrainingEvent> load =
        RunLoad.of(RUNS, SEED, Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS));
    List<TrainingEvent> expected = UndisturbedJudge.decisions(load);

    try (MonitorPair monitors = MonitorPair.start(home);
        SteadyPublisher publisher =
            new SteadyPublisher(monitors.bootstrapServers(), load, EVENTS_A_SECOND)) {
      for (int kill = 0; kill < KILLS; kill++) {
        disturb(monitors, publisher, load.size() / KILLS, kill);
      }
      publisher.allow(load.size());
      await().atMost(LiveStack.LONG).until(() -> publisher.stored() == load.size());
      awaitPassed(monitors, monitors.group().mark());

      List<TrainingEvent> decided = decided(monitors);
      LOG.log(
          System.Logger.Level.INFO,
          "{0} runs, {1} events, {2} decisions",
          RUNS,
          load.size(),
          decided.size());
      assertThat(decided).hasSizeGreaterThan(RUNS);
      assertThat(byRun(decided)).isEqualTo(byRun(expected));
    }
  }

  /** Kills one within the next events; what follows them goes on while it is away. */
  private void disturb(MonitorPair monitors, SteadyPublisher publisher, int events, int kill) {
    int from = kill * events;
    int moment = from + random.nextInt(events / 2);
    String victim = MonitorPair.NAMES.get(random.nextInt(MonitorPair.NAMES.size()));
    publisher.allow(from + events);
    await().atMost(LiveStack.LONG).until(() -> publisher.stored() >= moment);
    monitors.kill(victim);
    long killed = System.nanoTime();
    MonitorGroup.Mark mark = monitors.group().mark();
    CompletableFuture<Duration> takeover =
        CompletableFuture.supplyAsync(
            () -> {
              awaitPassed(monitors, mark);
              return Duration.ofNanos(System.nanoTime() - killed);
            });
    boolean startedAtOnce = random.nextBoolean();
    if (startedAtOnce) {
      monitors.start(victim);
    }
    LOG.log(
        System.Logger.Level.INFO,
        "kill {0}: {1} at event {2}, {3}; taken over in {4} ms",
        kill + 1,
        victim,
        moment,
        startedAtOnce ? "started at once" : "left away",
        takeover.join().toMillis());
    if (!startedAtOnce) {
      monitors.start(victim);
    }
  }

  private static void awaitPassed(MonitorPair monitors, MonitorGroup.Mark mark) {
    await()
        .atMost(TAKEOVER_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> monitors.group().hasPassed(mark));
  }

  private static List<TrainingEvent> decided(MonitorPair monitors) {
    EventLog log = new EventLog(monitors.bootstrapServers());
    return Stream.of(Topics.SIGNALS, Topics.ALERTS)
        .flatMap(topic -> log.records(topic).stream())
        .map(record -> EventCodec.decode(record.headers(), record.value()).orElseThrow())
        .toList();
  }

  /** A run's decisions in the order of their epochs, each as often as it was published. */
  private static Map<RunId, List<TrainingEvent>> byRun(List<TrainingEvent> decisions) {
    List<TrainingEvent> sorted = new ArrayList<>(decisions);
    sorted.sort(Comparator.comparing(TrainingEvent::time).thenComparing(TrainingEvent::identity));
    return sorted.stream().collect(groupingBy(TrainingEvent::run));
  }
}
