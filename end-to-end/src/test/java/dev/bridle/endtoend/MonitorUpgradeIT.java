package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.StackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two monitors share the runs, and events of two versions come; each monitor is replaced by the
 * next version, and one by the old again.
 */
class MonitorUpgradeIT {
  /** A load of a minute and a half, which three replacements on a busy machine take half of. */
  private static final int RUNS = 500;

  private static final int EVENTS_A_SECOND = 250;
  private static final long SEED = 21;

  @TempDir Path home;

  private final Instant began = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
  private final List<TrainingEvent> load = RunLoad.of(RUNS, SEED, began);
  private final NewerWriter writer = new NewerWriter();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private Path next;
  private Instance one;
  private Instance other;
  private MonitorGroup group;
  private SteadyPublisher publisher;
  private DecisionReader reader;
  private String bootstrapServers;

  @BeforeEach
  void start() {
    next = NextVersion.in(home.resolve("next"));
    StackPorts ports = StackPorts.ANY.resolved();
    bootstrapServers = "127.0.0.1:" + ports.kafka();
    closing(new Instance(BridleServices.BROKER, home.resolve("broker"), ports))
        .start(LiveStack.PROJECT);
    group = closing(new MonitorGroup(bootstrapServers));
    StackPorts own = new StackPorts(ports.kafka(), 0, 0, 0, 0);
    one = closing(new Instance(BridleServices.MONITOR, home.resolve("one"), own));
    other = closing(new Instance(BridleServices.MONITOR, home.resolve("other"), own));
    one.start(LiveStack.PROJECT);
    other.start(LiveStack.PROJECT);
    awaitShare(Set.of());
    publisher =
        closing(new SteadyPublisher(bootstrapServers, load, EVENTS_A_SECOND, writer::byTurns));
    reader = closing(new DecisionReader(bootstrapServers));
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void monitorsAreReplacedUnderLoadWithoutAnotherDecisionOrAFailedRequest() throws Exception {
    publisher.allow(load.size());
    await().atMost(LiveStack.LONG).until(() -> publisher.stored() > RUNS);
    try (ReadyClient pages =
        new ReadyClient(List.of(one.address(), other.address()), MonitorUpgradeIT::runs)) {
      replace(one, next);
      replace(other, next);
      replace(one, LiveStack.PROJECT);
      assertThat(publisher.stored()).as("still under load").isLessThan(load.size());
      await().atMost(LiveStack.LONG).until(() -> publisher.stored() == load.size());
      assertThat(pages.failures()).isEmpty();
      assertThat(pages.answered()).isGreaterThan(100);
    }
    sendUnknown();
    Marks marks = new Marks(publisher, reader, began);
    marks.await(marks.set("end"));
    Map<RunId, List<TrainingEvent>> undisturbed =
        DecisionReader.byRun(UndisturbedJudge.decisions(load));
    undisturbed.putAll(DecisionReader.byRun(UndisturbedJudge.decisions(marks.sent())));
    assertThat(reader.byRun()).containsExactlyInAnyOrderEntriesOf(undisturbed);
    assertThat(unknown(one) + unknown(other)).isEqualTo(Marks.partitions());
    assertThat(new EventLog(bootstrapServers).records(Topics.deadLetters(Topics.METRICS)))
        .isEmpty();
  }

  private void replace(Instance monitor, Path version) {
    Set<String> before = group.members();
    monitor.replace(version);
    awaitShare(before);
  }

  private void awaitShare(Set<String> before) {
    // Until the first has joined there is no group to describe.
    await().atMost(LiveStack.LONG).ignoreExceptions().until(() -> group.isSharedByTwo(before));
  }

  /** One to each partition, so that both versions meet some. */
  private void sendUnknown() {
    for (int partition = 0; partition < Marks.partitions(); partition++) {
      publisher.send(writer.ofUnknownType(load.get(0)), partition);
    }
  }

  private static HttpRequest.Builder runs(URI monitor) {
    return HttpRequest.newBuilder(monitor.resolve("/v1/runs"));
  }

  /** How many events of an unknown type it has counted. */
  private static long unknown(Instance monitor) throws IOException, InterruptedException {
    URI metrics = monitor.address().resolve("/q/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("bridle_monitor_unknown_events_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
