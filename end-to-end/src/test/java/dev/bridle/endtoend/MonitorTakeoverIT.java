package dev.bridle.endtoend;

import static java.lang.System.Logger.Level.INFO;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
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

  /**
   * A session's timeout, which a transaction's equals, and what has piled up, on a busy machine.
   */
  private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(30);

  @TempDir Path home;
  private final Random random = new Random(SEED);
  private final Instant began = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  private final List<TrainingEvent> load = RunLoad.of(RUNS, SEED, began);
  private final List<TrainingEvent> markers = new ArrayList<>();
  private MonitorPair monitors;
  private SteadyPublisher publisher;
  private DecisionReader reader;

  @BeforeEach
  void start() {
    monitors = MonitorPair.start(home);
    publisher = new SteadyPublisher(monitors.bootstrapServers(), load, EVENTS_A_SECOND);
    reader = new DecisionReader(monitors.bootstrapServers());
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
    awaitDecided(mark("end"));

    List<TrainingEvent> expected = UndisturbedJudge.decisions(load);
    LOG.log(INFO, "{0} runs, {1} events, {2} decisions", RUNS, load.size(), expected.size());
    assertThat(expected).hasSizeGreaterThan(RUNS);
    Map<RunId, List<TrainingEvent>> undisturbed = byRun(expected);
    undisturbed.putAll(byRun(UndisturbedJudge.decisions(markers)));
    assertThat(byRun(reader.decisions())).containsExactlyInAnyOrderEntriesOf(undisturbed);
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
    Set<String> marks = mark("kill-" + kill);
    CompletableFuture<Void> takeover = CompletableFuture.runAsync(() -> awaitDecided(marks));
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

  /**
   * Sends, behind all that each partition holds, a run whose policy nobody can follow: when all
   * their alerts are visible, so is whatever was to be decided about the events before.
   */
  private Set<String> mark(String name) {
    PolicySpec nobodys = new PolicySpec("any", List.of(Map.of("rule", name)));
    List<TrainingEvent> sent = new ArrayList<>();
    for (int partition = 0; partition < partitions(); partition++) {
      RunId run = new RunId("mark-%s-%d".formatted(name, partition));
      TrainingEvent marker =
          new AttemptStarted(run, 1, 0, name, "marks", 1, Optional.of(nobodys), began);
      publisher.send(marker, partition);
      sent.add(marker);
    }
    markers.addAll(sent);
    return UndisturbedJudge.decisions(sent).stream()
        .map(TrainingEvent::identity)
        .collect(Collectors.toSet());
  }

  private static int partitions() {
    return Topics.settings().stream()
        .filter(topic -> topic.name().equals(Topics.METRICS))
        .mapToInt(Topics.Settings::partitions)
        .sum();
  }

  private void awaitDecided(Set<String> identities) {
    await().atMost(TAKEOVER_LIMIT).until(() -> reader.sees(identities));
  }

  /** A run's decisions in the order of their epochs, each as often as it was published. */
  private static Map<RunId, List<TrainingEvent>> byRun(List<TrainingEvent> decisions) {
    List<TrainingEvent> sorted = new ArrayList<>(decisions);
    sorted.sort(Comparator.comparing(TrainingEvent::time).thenComparing(TrainingEvent::identity));
    return sorted.stream().collect(groupingBy(TrainingEvent::run));
  }
}
