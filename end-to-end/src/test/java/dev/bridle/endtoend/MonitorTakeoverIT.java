package dev.bridle.endtoend;

import static java.lang.System.Logger.Level.INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two monitors share the runs; whichever is killed, the other decides what it would have. */
class MonitorTakeoverIT {
  private static final System.Logger LOG = System.getLogger(MonitorTakeoverIT.class.getName());
  private static final int RUNS = 1_000;
  private static final int KILLS = 10;
  private static final int EVENTS_A_SECOND = 500;
  private static final long SEED = 20;

  @TempDir Path home;
  private final Random random = new Random(SEED);
  private final Instant began = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  private final List<TrainingEvent> load = RunLoad.of(RUNS, SEED, began);
  private MonitorPair monitors;
  private SteadyPublisher publisher;
  private DecisionReader reader;
  private Marks marks;

  @BeforeEach
  void start() {
    monitors = MonitorPair.start(home);
    publisher = new SteadyPublisher(monitors.bootstrapServers(), load, EVENTS_A_SECOND);
    reader = new DecisionReader(monitors.bootstrapServers());
    marks = new Marks(publisher, reader, began);
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : Arrays.asList(publisher, reader, monitors)) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void tenKillsUnderAThousandRunsRepeatLoseAndChangeNoDecision() {
    for (int kill = 0; kill < KILLS; kill++) {
      disturb(kill);
    }
    publisher.allow(load.size());
    await().atMost(LiveStack.LONG).until(() -> publisher.stored() == load.size());
    marks.await(marks.set("end"));

    List<TrainingEvent> expected = UndisturbedJudge.decisions(load);
    LOG.log(INFO, "{0} runs, {1} events, {2} decisions", RUNS, load.size(), expected.size());
    assertThat(expected).hasSizeGreaterThan(RUNS);
    Map<RunId, List<TrainingEvent>> undisturbed = DecisionReader.byRun(expected);
    undisturbed.putAll(DecisionReader.byRun(UndisturbedJudge.decisions(marks.sent())));
    assertThat(reader.byRun()).containsExactlyInAnyOrderEntriesOf(undisturbed);
  }

  /** Kills one within the next events; what follows them goes on while it is away. */
  private void disturb(int kill) {
    int share = load.size() / KILLS;
    int moment = kill * share + random.nextInt(share / 2);
    String victim = MonitorPair.NAMES.get(random.nextInt(MonitorPair.NAMES.size()));
    boolean startedAtOnce = random.nextBoolean();
    publisher.allow((kill + 1) * share);
    await().atMost(LiveStack.LONG).until(() -> publisher.stored() >= moment);

    monitors.kill(victim);
    long killed = System.nanoTime();
    Set<String> decided = marks.set("kill-" + kill);
    CompletableFuture<Void> takeover = CompletableFuture.runAsync(() -> marks.await(decided));
    takeover.thenRun(
        () ->
            LOG.log(
                INFO,
                "kill {0}: {1} at event {2}, {3}; taken over in {4} ms",
                kill + 1,
                victim,
                moment,
                startedAtOnce ? "started at once" : "left away",
                Duration.ofNanos(System.nanoTime() - killed).toMillis()));
    if (!startedAtOnce) {
      takeover.join();
    }
    monitors.start(victim);
    takeover.join();
  }
}
