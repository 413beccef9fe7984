package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.SetClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs leave the judge's stores when their time is over. */
class RetentionWatchTest {
  private static final Duration RETENTION = TestConfig.DEFAULTS.retention();
  private static final List<String> STORES =
      List.of(
          JudgeProcessor.RUNS,
          JudgeProcessor.POLICIES,
          JudgeProcessor.EPOCHS,
          JudgeProcessor.WATCHED);

  @TempDir Path folder;
  private final SetClock clock = new SetClock(Curves.START);
  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private TopologyTestDriver driver;

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
  void anEndedRunLeavesEveryStoreTheRetentionAfterItsEnd() {
    Curves.healthy(3).forEach(this::send);
    send(end(Curves.RUN));
    pass(RETENTION.minusSeconds(10));
    assertThat(kept(JudgeProcessor.EPOCHS)).hasSize(3);

    pass(Duration.ofSeconds(20));

    assertThat(STORES).allSatisfy(store -> assertThat(kept(store)).isEmpty());
  }

  @Test
  void aRunWithoutAnEndIsKeptWhileItSendsAndForgottenAfterItsSilence() {
    Curves.healthy(1).forEach(this::send);
    pass(RETENTION.minusDays(1));
    send(Curves.healthy(2).get(1));
    pass(RETENTION.minusDays(1));
    assertThat(kept(JudgeProcessor.EPOCHS)).hasSize(2);

    pass(Duration.ofDays(3));

    assertThat(STORES).allSatisfy(store -> assertThat(kept(store)).isEmpty());
  }

  @Test
  void lateEpochsOfAForgottenRunBeginNothingAndRaiseNothing() {
    Curves.healthy(2).forEach(this::send);
    send(end(Curves.RUN));
    pass(RETENTION.plusSeconds(10));
    drain();

    Curves.healthy(9).forEach(this::send);
    pass(Duration.ofDays(1));

    assertThat(STORES).allSatisfy(store -> assertThat(kept(store)).isEmpty());
    assertThat(drain()).isZero();
  }

  @Test
  void aNewAttemptOfAForgottenRunIsJudged() {
    Curves.healthy(2).forEach(this::send);
    pass(RETENTION.multipliedBy(2).minusDays(1));
    assertThat(kept(JudgeProcessor.RUNS)).isEmpty();

    send(
        new AttemptStarted(
            Curves.RUN, 2, 0, "again", "demo", 10, Optional.empty(), clock.instant()));
    send(epoch(Curves.RUN, 2, 1));

    assertThat(kept(JudgeProcessor.EPOCHS)).hasSize(1);
  }

  @Test
  void thatARunWasForgottenIsForgottenToo() {
    send(end(Curves.RUN));
    pass(RETENTION.plusSeconds(10));
    assertThat(kept(RetentionWatch.STORE)).hasSize(1);

    pass(RETENTION.plusSeconds(10));

    assertThat(kept(RetentionWatch.STORE)).isEmpty();
  }

  @Test
  void oneLookTakesBoundedWorkAndTheNextGoesOn() {
    RunId lengthy = new RunId("lengthy");
    send(epoch(lengthy, 1, 1));
    KeyValueStore<String, byte[]> epochs = driver.getKeyValueStore(JudgeProcessor.EPOCHS);
    for (int epoch = 2; epoch <= RetentionWatch.EPOCHS_A_LOOK + 500; epoch++) {
      epochs.put("lengthy/%010d".formatted(epoch), new byte[] {1}); // sending takes minutes
    }
    send(end(lengthy));
    Curves.healthy(2).forEach(this::send);
    send(end(Curves.RUN));
    clock.advance(RETENTION.plusSeconds(10));

    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertThat(kept(JudgeProcessor.EPOCHS)).hasSize(502);

    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(STORES).allSatisfy(store -> assertThat(kept(store)).isEmpty());
  }

  private static RunEnded end(RunId run) {
    return new RunEnded(
        run, 1, 2, OptionalInt.empty(), new TrainingOutcome.Cancelled(), Curves.START);
  }

  private static EpochCompleted epoch(RunId run, int attempt, int epoch) {
    return new EpochCompleted(
        run, attempt, epoch, Map.of("trainingLoss", 1.0), Curves.START.plusSeconds(epoch));
  }

  private void pass(Duration time) {
    clock.advance(time);
    driver.advanceWallClockTime(time);
  }

  private void send(TrainingEvent event) {
    ProducerRecord<String, byte[]> record = codec.encode(event);
    driver
        .createInputTopic(Topics.METRICS, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(record.key().getBytes(UTF_8), record.value(), record.headers()));
  }

  private int drain() {
    int records = 0;
    for (String topic : List.of(Topics.SIGNALS, Topics.ALERTS)) {
      records +=
          driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList()
              .size();
    }
    return records;
  }

  private List<String> kept(String store) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all =
        driver.<String, byte[]>getKeyValueStore(store).all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }
}
