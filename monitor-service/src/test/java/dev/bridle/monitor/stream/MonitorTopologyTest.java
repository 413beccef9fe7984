package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorTopologyTest {
  private static final Clock CLOCK = Clock.fixed(Curves.START.plusSeconds(100), ZoneOffset.UTC);

  @TempDir Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> input;

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    driver =
        new TopologyTestDriver(
            MonitorTopology.of(TestConfig.DEFAULTS, new MonitorMeters(registry, CLOCK), CLOCK),
            properties,
            Instant.EPOCH);
    input =
        driver.createInputTopic(
            Topics.METRICS, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void signalsAStopOnceAsACloudEventOfTheRun() {
    send(started(1, 0));
    Curves.overfitting(60).forEach(this::send);
    Curves.overfitting(60).forEach(this::send);

    List<TestRecord<byte[], byte[]>> signals = output(Topics.SIGNALS);

    assertThat(signals).hasSize(1);
    assertThat(new String(signals.get(0).key(), UTF_8)).isEqualTo(Curves.RUN.value());
    assertThat(EventCodec.decode(signals.get(0).headers(), signals.get(0).value()))
        .get()
        .extracting(event -> ((SignalIssued) event).id())
        .isEqualTo(new SignalId("digits-k3f9qa/1/25/patience"));
    assertThat(registry.get("bridle.monitor.decisions").counter().count()).isEqualTo(1);
    assertThat(registry.get("bridle.monitor.decision.latency").timer().totalTime(SECONDS))
        .isEqualTo(75);
  }

  @Test
  void goesOnWithTheRestoredFoldInANewAttempt() {
    send(started(1, 0));
    List<EpochCompleted> curve = Curves.overfitting(60);
    curve.subList(0, 24).forEach(this::send);
    send(started(2, 22));
    curve.subList(22, 60).stream()
        .map(epoch -> Curves.epoch(2, epoch.epoch(), epoch.metrics()))
        .forEach(this::send);

    assertThat(output(Topics.SIGNALS))
        .singleElement()
        .extracting(record -> EventCodec.decode(record.headers(), record.value()).get().identity())
        .isEqualTo("digits-k3f9qa/2/25/patience");
  }

  @Test
  void sendsMalformedRecordsToTheDeadLettersWithTheReasonAndGoesOn() {
    ProducerRecord<String, byte[]> good = codec.encode(Curves.overfitting(1).get(0));
    String json = new String(good.value(), UTF_8).replace("\"epoch\":1", "\"epoch\":-1");
    input.pipeInput(
        new TestRecord<>(Curves.RUN.value().getBytes(UTF_8), json.getBytes(UTF_8), good.headers()));
    input.pipeInput(new TestRecord<>("x".getBytes(UTF_8), good.value(), good.headers()));
    input.pipeInput(
        new TestRecord<>("x".getBytes(UTF_8), "{}".getBytes(UTF_8), new RecordHeaders()));
    input.pipeInput(new TestRecord<>(null, null, new RecordHeaders()));
    send(started(1, 0));
    Curves.overfitting(60).forEach(this::send);

    List<TestRecord<byte[], byte[]>> dead = output(Topics.deadLetters(Topics.METRICS));

    assertThat(dead)
        .extracting(record -> text(record, DeadLetter.REASON))
        .satisfiesExactly(
            reason -> assertThat(reason).contains("epoch should be at least 1: was -1"),
            reason ->
                assertThat(reason)
                    .isEqualTo("the record's key should equal run 'digits-k3f9qa': was 'x'"),
            reason -> assertThat(reason).contains("not a CloudEvent"),
            reason -> assertThat(reason).contains("not a CloudEvent"));
    assertThat(new String(dead.get(0).value(), UTF_8)).isEqualTo(json);
    assertThat(text(dead.get(0), DeadLetter.TOPIC)).isEqualTo(Topics.METRICS);
    assertThat(text(dead.get(0), "ce_type")).isEqualTo("dev.bridle.epoch.completed.v1");
    assertThat(output(Topics.SIGNALS)).hasSize(1);
    assertThat(
            registry
                .get("bridle.monitor.dead.letters")
                .tag("topic", Topics.METRICS)
                .counter()
                .count())
        .isEqualTo(4);
  }

  @Test
  void refusesAnEventThatBelongsElsewhere() {
    send(
        new SignalAcknowledged(
            new SignalId("a"), Curves.RUN, 1, new Acknowledgement.Applied(3), Curves.START));

    assertThat(output(Topics.deadLetters(Topics.METRICS)))
        .singleElement()
        .extracting(record -> text(record, DeadLetter.REASON))
        .isEqualTo("dev.bridle.signal.acknowledged.v1 does not belong on training.metrics");
  }

  @ParameterizedTest
  @ValueSource(strings = {Topics.RUNS, Topics.ALERTS, Topics.ACKNOWLEDGEMENTS})
  void deadLettersWhatIsMalformedOnTheTopicsThatOnlyTheViewReads(String topic) {
    TestInputTopic<byte[], byte[]> viewed =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    ProducerRecord<String, byte[]> epoch = codec.encode(Curves.overfitting(1).get(0));
    byte[] key = Curves.RUN.value().getBytes(UTF_8);
    viewed.pipeInput(new TestRecord<>(key, "{}".getBytes(UTF_8), new RecordHeaders()));
    viewed.pipeInput(new TestRecord<>(key, epoch.value(), epoch.headers()));
    viewed.pipeInput(new TestRecord<>(key, null, new RecordHeaders()));

    assertThat(output(Topics.deadLetters(topic)))
        .satisfiesExactly(
            dead -> assertThat(text(dead, DeadLetter.REASON)).contains("not a CloudEvent"),
            dead ->
                assertThat(text(dead, DeadLetter.REASON))
                    .isEqualTo("dev.bridle.epoch.completed.v1 does not belong on " + topic))
        .allSatisfy(dead -> assertThat(text(dead, DeadLetter.TOPIC)).isEqualTo(topic));
    assertThat(registry.get("bridle.monitor.dead.letters").tag("topic", topic).counter().count())
        .isEqualTo(2);
  }

  @Test
  void countsDecisionsByTheKindOfRuleHoweverManyOfAKindAPolicyNames() {
    MonitorMeters meters = new MonitorMeters(registry, CLOCK);
    for (String rule : List.of("patience", "patience-2", "patience-17")) {
      meters.decision(
          new SignalIssued(
              new SignalId(rule),
              Curves.RUN,
              1,
              30,
              rule,
              new ControlSignal.StopTraining(20),
              "a reason",
              Map.of(),
              Curves.START.plusSeconds(3600),
              Curves.START));
    }

    assertThat(registry.get("bridle.monitor.decisions").counters())
        .singleElement()
        .satisfies(
            counter -> {
              assertThat(counter.getId().getTag("rule")).isEqualTo("patience");
              assertThat(counter.getId().getTag("action")).isEqualTo("StopTraining");
              assertThat(counter.count()).isEqualTo(3);
            });
  }

  @Test
  void takesNoOffenseAtItsOwnAlerts() {
    send(started(1, 0, "generalizationGap"));
    Curves.overfitting(60).forEach(this::send);

    assertThat(output(Topics.ALERTS)).hasSize(1);
    assertThat(output(Topics.deadLetters(Topics.ALERTS))).isEmpty();
  }

  @Test
  void countsEventsOfANewerVersionAndPassesThemOver() {
    RecordHeaders headers =
        new RecordHeaders(codec.encode(Curves.overfitting(1).get(0)).headers().toArray());
    headers.remove("ce_type").add("ce_type", "dev.bridle.run.forked.v1".getBytes(UTF_8));
    input.pipeInput(
        new TestRecord<>(Curves.RUN.value().getBytes(UTF_8), "{}".getBytes(UTF_8), headers));

    assertThat(registry.get("bridle.monitor.unknown.events").counter().count()).isEqualTo(1);
    assertThat(output(Topics.deadLetters(Topics.METRICS))).isEmpty();
  }

  private static AttemptStarted started(int attempt, int resumedFromEpoch) {
    return started(attempt, resumedFromEpoch, "patience");
  }

  private static AttemptStarted started(int attempt, int resumedFromEpoch, String rule) {
    PolicySpec policy = new PolicySpec("any", List.of(Map.of("rule", rule, "patience", 5)));
    return new AttemptStarted(
        Curves.RUN,
        attempt,
        resumedFromEpoch,
        "digits",
        "demo",
        60,
        Optional.of(policy),
        Curves.START);
  }

  private void send(TrainingEvent event) {
    ProducerRecord<String, byte[]> record = codec.encode(event);
    input.pipeInput(
        new TestRecord<>(record.key().getBytes(UTF_8), record.value(), record.headers()));
  }

  private List<TestRecord<byte[], byte[]>> output(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private static String text(TestRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), UTF_8);
  }
}
