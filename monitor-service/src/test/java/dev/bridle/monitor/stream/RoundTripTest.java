package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.SetClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a signal to its answer, and signals that get none. */
class RoundTripTest {
  private static final Duration LIFETIME = Duration.ofHours(1);

  @TempDir Path folder;
  private final SetClock clock = new SetClock(Curves.START);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
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
            MonitorTopology.of(TestConfig.DEFAULTS, new MonitorMeters(registry, clock), clock),
            properties,
            Curves.START);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void aRoundTripIsMeasuredOnceHoweverOftenItsHalvesCome() {
    send(signal(1));
    send(answer(1, new Acknowledgement.Applied(1)));
    send(signal(1));
    send(answer(1, new Acknowledgement.TooLate("again")));

    assertThat(trips("applied").count()).isEqualTo(1);
    assertThat(trips("applied").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    assertThat(registry.find("bridle.monitor.signal.roundtrip").timers()).hasSize(1);
  }

  @Test
  void anAnswerThatOvertakesItsSignalIsMeasuredToo() {
    send(answer(1, new Acknowledgement.Refused("cannot")));
    send(signal(1));

    assertThat(trips("refused").count()).isEqualTo(1);
  }

  @Test
  void aSignalWaitsUntilItExpiresAndThenIsUnanswered() {
    send(signal(1));
    send(signal(2));
    send(answer(2, new Acknowledgement.Applied(2)));
    pass(Duration.ofSeconds(1));
    assertThat(open("waiting")).isEqualTo(1);
    assertThat(open("unanswered")).isZero();

    pass(LIFETIME);
    assertThat(open("waiting")).isZero();
    assertThat(open("unanswered")).isEqualTo(1);

    send(answer(1, new Acknowledgement.TooLate("the signal had expired")));
    pass(Duration.ofSeconds(1));
    assertThat(open("unanswered")).isZero();
    assertThat(trips("tooLate").count()).isEqualTo(1);
  }

  @Test
  void nothingIsKeptForGood() {
    send(signal(1));
    send(signal(2));
    send(answer(2, new Acknowledgement.Applied(2)));
    send(answer(3, new Acknowledgement.Applied(3)));

    pass(LIFETIME.plus(TestConfig.DEFAULTS.retention()).plusSeconds(1));

    assertThat(driver.getKeyValueStore(RoundTripProcessor.STORE).all().hasNext()).isFalse();
  }

  private SignalIssued signal(int epoch) {
    return new SignalIssued(
        id(epoch),
        Curves.RUN,
        1,
        epoch,
        "patience",
        new ControlSignal.StopTraining(1),
        "enough",
        Map.of(),
        Curves.START.plus(LIFETIME),
        Curves.START);
  }

  private SignalAcknowledged answer(int epoch, Acknowledgement answer) {
    return new SignalAcknowledged(id(epoch), Curves.RUN, 1, answer, Curves.START.plusMillis(250));
  }

  private static SignalId id(int epoch) {
    return SignalId.of(Curves.RUN, 1, epoch, "patience");
  }

  private Timer trips(String outcome) {
    return registry.get("bridle.monitor.signal.roundtrip").tag("outcome", outcome).timer();
  }

  private double open(String standing) {
    return registry.get("bridle.monitor." + standing).gauge().value();
  }

  private void pass(Duration time) {
    clock.advance(time);
    driver.advanceWallClockTime(time);
  }

  private void send(TrainingEvent event) {
    ProducerRecord<String, byte[]> record = codec.encode(event);
    driver
        .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(record.key().getBytes(UTF_8), record.value(), record.headers()));
  }
}
