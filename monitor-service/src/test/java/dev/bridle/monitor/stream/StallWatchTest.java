package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.RunEnded;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
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

class StallWatchTest {
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
  void neverCallsAnEndedRunStalledNotEvenByALateEpoch() {
    send(Curves.healthy(3).get(0));
    send(
        new RunEnded(
            Curves.RUN, 1, 1, OptionalInt.empty(), new TrainingOutcome.Cancelled(), Curves.START));
    send(Curves.healthy(3).get(1));
    pass(Duration.ofDays(1));

    assertThat(alerts()).isEmpty();
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
