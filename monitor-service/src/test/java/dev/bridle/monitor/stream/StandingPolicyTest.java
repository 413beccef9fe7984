package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicyAdopted;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.book.PolicyScope;
import dev.bridle.monitor.book.StandingPolicies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said for many runs, and what they leave each other. */
class StandingPolicyTest {
  private static final Clock CLOCK = Clock.fixed(Curves.START.plusSeconds(100), ZoneOffset.UTC);
  private static final PolicySpec PATIENCE_5 = policy(Map.of("rule", "patience", "patience", 5));

  @TempDir Path folder;
  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    MonitorMeters meters = new MonitorMeters(new SimpleMeterRegistry(), CLOCK);
    driver =
        new TopologyTestDriver(
            MonitorTopology.of(TestConfig.DEFAULTS, meters, CLOCK), properties, Curves.START);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void aNewPolicyReachesTheRunsThatGoOnAsAnEventAmongTheirEpochs() {
    start("goes-on", Optional.empty());
    epoch("goes-on", 1, 1);
    start("has-its-own", Optional.of(PATIENCE_5));
    epoch("has-its-own", 1, 1);

    say(PolicyScope.experiment("demo"), policy(Map.of("rule", "patience", "patience", 2)));
    look();
    epoch("goes-on", 2, 1);
    epoch("goes-on", 3, 1);
    epoch("goes-on", 4, 1);

    assertThat(said(PolicyAdopted.class))
        .extracting(
            adopted -> adopted.run().value(), PolicyAdopted::fromEpoch, PolicyAdopted::origin)
        .containsExactly(
            tuple("goes-on", 1, PolicyOrigin.DEFAULT),
            tuple("has-its-own", 1, PolicyOrigin.SUBMISSION),
            tuple("goes-on", 2, PolicyOrigin.EXPERIMENT));
    assertThat(said(SignalIssued.class))
        .extracting(SignalIssued::identity)
        .containsExactly("goes-on/1/3/patience");
  }

  @Test
  void aPolicyThatIsTakenBackLeavesTheRunsToTheDefault() {
    say(PolicyScope.DEFAULT, PATIENCE_5);
    start("run", Optional.empty());
    say(PolicyScope.DEFAULT, null);
    look();

    assertThat(said(PolicyAdopted.class))
        .extracting(adopted -> adopted.policy().equals(PATIENCE_5))
        .containsExactly(true, false);
  }

  @Test
  void anExperimentsPolicyThatIsTakenBackLeavesItsRunsToTheDefault() {
    say(PolicyScope.experiment("demo"), PATIENCE_5);
    start("run", Optional.empty());
    say(PolicyScope.experiment("demo"), null);
    look();

    assertThat(said(PolicyAdopted.class))
        .extracting(PolicyAdopted::origin)
        .containsExactly(PolicyOrigin.EXPERIMENT, PolicyOrigin.DEFAULT);
  }

  @Test
  void aRunThatDoesWorseThanTheFinishedOnesIsStopped() {
    PolicySpec median = policy(Map.of("rule", "medianOfFinished", "minRuns", 3));
    Stream.of("first", "second", "third")
        .forEach(
            run -> {
              start(run, Optional.empty());
              epoch(run, 1, 0.5);
              epoch(run, 2, 0.3);
              end(run, 2, new TrainingOutcome.Completed());
            });
    start("failed", Optional.empty());
    epoch("failed", 1, 100);
    end("failed", 1, new TrainingOutcome.Failed("out of memory"));

    start("worse", Optional.of(median));
    epoch("worse", 1, 0.45);
    epoch("worse", 2, 0.44);

    assertThat(said(PolicyAdopted.class))
        .filteredOn(adopted -> adopted.run().value().equals("worse"))
        .singleElement()
        .extracting(adopted -> adopted.policy().rules().get(0).get("reference"))
        .isEqualTo(List.of(List.of(1, 0.5), List.of(2, 0.4)));
    assertThat(said(SignalIssued.class))
        .extracting(SignalIssued::identity)
        .containsExactly("worse/1/2/medianOfFinished");
  }

  private static PolicySpec policy(Map<String, Object> rule) {
    return new PolicySpec("any", List.of(rule));
  }

  private void start(String run, Optional<PolicySpec> policy) {
    send(new AttemptStarted(new RunId(run), 1, 0, run, "demo", 60, policy, Curves.START));
  }

  private void epoch(String run, int epoch, double validationLoss) {
    send(
        new EpochCompleted(
            new RunId(run), 1, epoch, Map.of("validationLoss", validationLoss), Curves.START));
  }

  private void end(String run, int lastEpoch, TrainingOutcome outcome) {
    send(
        new RunEnded(
            new RunId(run), 1, lastEpoch, OptionalInt.of(lastEpoch), outcome, Curves.START));
  }

  private void look() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private void say(PolicyScope scope, PolicySpec policy) {
    byte[] value = policy == null ? null : StandingPolicies.written(policy);
    driver
        .createInputTopic(Topics.POLICIES, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(scope.key().getBytes(UTF_8), value);
  }

  private void send(TrainingEvent event) {
    ProducerRecord<String, byte[]> record = codec.encode(event);
    driver
        .createInputTopic(Topics.METRICS, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(record.key().getBytes(UTF_8), record.value(), record.headers()));
  }

  /** On every topic, since the last time it was asked. */
  private <T extends TrainingEvent> List<T> said(Class<T> type) {
    String topic = type == SignalIssued.class ? Topics.SIGNALS : Topics.METRICS;
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(record -> EventCodec.decode(record.headers(), record.value()).orElseThrow())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
