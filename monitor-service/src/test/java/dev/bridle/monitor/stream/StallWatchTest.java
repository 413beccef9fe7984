package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.run.RunJudge;
import dev.bridle.monitor.run.RunState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallWatchTest {
  private static final RunJudge JUDGE = new RunJudge(Duration.ofHours(1));

  @TempDir Path folder;
  private final Ticking clock = new Ticking();
  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private TopologyTestDriver driver;

  /** Stands still until it is advanced. */
  private static final class Ticking extends Clock {
    private Instant now = Curves.START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver =
        new TopologyTestDriver(
            MonitorTopology.of(
                TestConfig.DEFAULTS, new MonitorMeters(new SimpleMeterRegistry(), clock), clock),
            properties,
            Curves.START);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void alertsOnceOfASilentRunAndResolvesItAtTheNextEpoch() {
    send(Curves.healthy(3).get(0));
    send(Curves.healthy(3).get(1));
    pass(Duration.ofMinutes(29));
    assertThat(alerts()).isEmpty();

    pass(Duration.ofMinutes(2));
    pass(Duration.ofMinutes(60));
    assertThat(alerts()).containsExactly("digits-k3f9qa/1/2/stalledRun");

    send(Curves.healthy(3).get(2));
    assertThat(alerts()).containsExactly("digits-k3f9qa/1/2/stalledRun/resolved");
  }

  @Test
  void aRunThatIsPutAsideIsNotStalledUntilItsNextAttempt() {
    send(Curves.healthy(3).get(0));
    send(new AttemptSuspended(Curves.RUN, 1, 1, "paused by its owner", Curves.START));
    pass(Duration.ofDays(1));
    assertThat(alerts()).isEmpty();

    send(new AttemptStarted(Curves.RUN, 2, 1, "digits", "demo", 9, Optional.empty(), Curves.START));
    pass(Duration.ofMinutes(31));
    assertThat(alerts()).containsExactly("digits-k3f9qa/2/1/stalledRun");
  }

  @Test
  void neverCallsAnEndedRunStalledNotEvenByALateEpoch() {
    send(Curves.healthy(3).get(0));
    send(
        new RunEnded(
            Curves.RUN, 1, 1, OptionalInt.empty(), new TrainingOutcome.Cancelled(), Curves.START));
    send(Curves.healthy(3).get(1));
    pass(Duration.ofDays(1));

    assertThat(alerts()).isEmpty();
  }

  @Test
  void looksAtAThousandRunsATimeAndReachesAllOfManyOneAfterTheOther() {
    Map<RunId, RunState> runs = oneEpochEach(2 * StallWatch.RUNS_A_LOOK + 500);
    StallWatch watch = watchOf(runs);
    clock.now = clock.now.plus(Duration.ofMinutes(31));
    List<String> first = identities(watch.look());
    List<String> second = identities(watch.look());
    List<String> third = identities(watch.look());

    assertThat(first).hasSize(StallWatch.RUNS_A_LOOK);
    assertThat(second).hasSize(StallWatch.RUNS_A_LOOK);
    assertThat(third).hasSize(500);
    assertThat(Stream.of(first, second, third).flatMap(List::stream)).doesNotHaveDuplicates();
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void goesOnThoughTheRunThatTheNextLookWasToBeginWithHasEnded() {
    Map<RunId, RunState> runs = oneEpochEach(StallWatch.RUNS_A_LOOK + 2);
    StallWatch watch = watchOf(runs);
    clock.now = clock.now.plus(Duration.ofMinutes(31));
    assertThat(watch.look()).hasSize(StallWatch.RUNS_A_LOOK);

    RunId next = numbered(StallWatch.RUNS_A_LOOK);
    RunEnded end =
        new RunEnded(
            next, 1, 1, OptionalInt.empty(), new TrainingOutcome.Cancelled(), Curves.START);
    watch.seen(next, JUDGE.ended(Optional.of(runs.get(next)), end).state());

    assertThat(identities(watch.look())).containsExactly("run-01001/1/1/stalledRun");
  }

  private StallWatch watchOf(Map<RunId, RunState> states) {
    StoredRuns runs = new StoredRuns(store("runs"), store("policies"));
    StallWatch watch = new StallWatch(store("watched"), runs, clock, Duration.ofMinutes(30));
    states.forEach(
        (run, state) -> {
          runs.put(run.value(), state);
          watch.seen(run, state);
        });
    return watch;
  }

  private Map<RunId, RunState> oneEpochEach(int runs) {
    StoredHistory history = new StoredHistory(store("epochs"), new byte[0]);
    EpochCompleted epoch = Curves.healthy(1).get(0);
    Map<RunId, RunState> states = new TreeMap<>(Comparator.comparing(RunId::value));
    for (int i = 0; i < runs; i++) {
      EpochCompleted its = new EpochCompleted(numbered(i), 1, 1, epoch.metrics(), epoch.time());
      states.put(its.run(), JUDGE.completed(Optional.empty(), its, history).state());
    }
    return states;
  }

  private KeyValueStore<String, byte[]> store(String name) {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    return store;
  }

  private static RunId numbered(int run) {
    return new RunId("run-%05d".formatted(run));
  }

  private static List<String> identities(List<TrainingEvent> alerts) {
    return alerts.stream().map(TrainingEvent::identity).toList();
  }

  private void pass(Duration time) {
    clock.now = clock.now.plus(time);
    driver.advanceWallClockTime(time);
  }

  private void send(TrainingEvent event) {
    ProducerRecord<String, byte[]> record = codec.encode(event);
    driver
        .createInputTopic(Topics.METRICS, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(record.key().getBytes(UTF_8), record.value(), record.headers()));
  }

  private List<String> alerts() {
    return driver
        .createOutputTopic(Topics.ALERTS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(record -> EventCodec.decode(record.headers(), record.value()).get().identity())
        .toList();
  }
}
