package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that fails the stream's thread fails it again after every restart: none may. */
class OddRecordsTest {
  private static final int RECORDS = 600;
  private static final RunId AFTER = new RunId("after-the-damaged");

  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private final Random random = new Random(11);

  @Test
  void noRecordStopsTheStreamHoweverItIsDamaged(@TempDir Path folder) {
    Properties properties = new Properties();
    properties.put("application.id", "test");
    properties.put("bootstrap.servers", "unused:1");
    properties.put("state.dir", folder.toString());
    MonitorMeters meters = new MonitorMeters(new SimpleMeterRegistry(), Clock.systemUTC());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            MonitorTopology.of(TestConfig.DEFAULTS, meters, Clock.systemUTC()), properties)) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic(
              Topics.METRICS, new ByteArraySerializer(), new ByteArraySerializer());
      for (int i = 0; i < RECORDS; i++) {
        input.pipeInput(damaged(codec.encode(random.nextInt(3) == 0 ? started() : epoch(i))));
      }
      thatComesAfterwards().forEach(event -> input.pipeInput(record(codec.encode(event))));

      assertThat(
              driver
                  .createOutputTopic(
                      Topics.deadLetters(Topics.METRICS),
                      new ByteArrayDeserializer(),
                      new ByteArrayDeserializer())
                  .readRecordsToList())
          .hasSizeGreaterThan(RECORDS / 4);
      assertThat(
              driver
                  .createOutputTopic(
                      Topics.SIGNALS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                  .readRecordsToList())
          .last()
          .satisfies(signal -> assertThat(signal.key()).isEqualTo(AFTER.value().getBytes(UTF_8)));
    }
  }

  private static List<EpochCompleted> thatComesAfterwards() {
    return Curves.overfitting(60).stream()
        .map(e -> new EpochCompleted(AFTER, e.attempt(), e.epoch(), e.metrics(), e.time()))
        .toList();
  }

  private TrainingEvent epoch(int i) {
    double loss = random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 1e300;
    return Curves.epoch(
        1 + random.nextInt(3), 1 + i / 2, Map.of("validationLoss", loss, "trainingLoss", 1.0));
  }

  private TrainingEvent started() {
    return new AttemptStarted(
        Curves.RUN,
        1 + random.nextInt(3),
        random.nextInt(20),
        "digits",
        "demo",
        60,
        Optional.of(new PolicySpec("any", List.of(Map.of("rule", "patience", "patience", 3)))),
        Curves.START);
  }

  /** One of: a header gone, empty or garbled; the value gone, cut or garbled; the key gone. */
  private TestRecord<byte[], byte[]> damaged(ProducerRecord<String, byte[]> good) {
    TestRecord<byte[], byte[]> record = record(good);
    RecordHeaders headers = new RecordHeaders(record.headers().toArray());
    Header[] all = headers.toArray();
    String header = all[random.nextInt(all.length)].key();
    byte[] key = record.key();
    byte[] value = record.value();
    switch (random.nextInt(9)) {
      case 0 -> headers.remove(header);
      case 1 -> headers.remove(header).add(header, null);
      case 2 -> headers.remove(header).add(header, new byte[0]);
      case 3 -> headers.remove(header).add(header, garbled(all[0].value()));
      case 4 -> headers.add("ce_odd name", "odd".getBytes(UTF_8));
      case 5 -> value = null;
      case 6 -> value = Arrays.copyOf(value, random.nextInt(value.length));
      case 7 -> value = garbled(value);
      default -> key = null;
    }
    return new TestRecord<>(key, value, headers);
  }

  private byte[] garbled(byte[] text) {
    byte[] copy = text.clone();
    for (int i = 0; i < 3; i++) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  private static TestRecord<byte[], byte[]> record(ProducerRecord<String, byte[]> good) {
    return new TestRecord<>(good.key().getBytes(UTF_8), good.value(), good.headers());
  }
}
