package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.broker.BrokerSettings;
import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.broker.LocalBroker;
import dev.bridle.monitor.Curves;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology with the service's own settings, ended and started again on a real broker. */
class MonitorRestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SETTLED_AT = 60;

  @TempDir Path folder;
  private final List<EpochCompleted> curve = Curves.overfitting(SETTLED_AT);
  private LocalBroker broker;
  private SimpleMeterRegistry registry;

  @BeforeEach
  void startBroker() {
    startBroker("broker");
  }

  private void startBroker(String data) {
    broker =
        LocalBroker.start(
            new BrokerSettings(folder.resolve(data), FreePorts.next(), FreePorts.next()));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void carriesItsWaitOnAndDecidesOnceWithItsStateOrWithoutIt() throws IOException {
    try (KafkaStreams first = monitor("state")) {
      // Three epochs before patience is used up: a monitor that forgot would stop 7 epochs later.
      send(curve.subList(0, 27));
      awaitJudged(27);
    }
    try (KafkaStreams same = monitor("state")) {
      send(curve.subList(20, SETTLED_AT));
      awaitDecisions(Topics.SIGNALS, List.of("digits-k3f9qa/1/30/patience"));
    }
    try (KafkaStreams empty = monitor("lost-and-empty")) {
      send(curve);
      awaitJudged(SETTLED_AT);
      assertThat(identities(Topics.SIGNALS)).containsExactly("digits-k3f9qa/1/30/patience");
      assertThat(identities(Topics.ALERTS)).containsExactly("digits-k3f9qa/1/25/generalizationGap");
    }
  }

  @Test
  void decidesAnewOnAFreshBrokerWhateverTheStateOfTheOldOneSays() throws IOException {
    try (KafkaStreams old = monitor("state")) {
      send(curve);
      awaitDecisions(Topics.SIGNALS, List.of("digits-k3f9qa/1/30/patience"));
    }
    broker.close();
    startBroker("fresh-broker");
    try (KafkaStreams same = monitor("state")) {
      send(curve);
      awaitDecisions(Topics.SIGNALS, List.of("digits-k3f9qa/1/30/patience"));
      awaitDecisions(Topics.ALERTS, List.of("digits-k3f9qa/1/25/generalizationGap"));
    }
  }

  @Test
  void leavesItsRunsToOthersAtOnceWhenItIsStopped() throws Exception {
    try (KafkaStreams stopped = monitor("state")) {
      send(curve);
      awaitJudged(SETTLED_AT);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(
              admin.describeConsumerGroups(List.of("restart")).all().get().get("restart").members())
          .isEmpty();
    }
  }

  /** With a checkpoint they would be trusted after a kill, aborted transactions included. */
  @Test
  void filesOfARunningTaskHaveNoCheckpoint() throws IOException {
    try (KafkaStreams first = monitor("state")) {
      send(curve);
      awaitJudged(SETTLED_AT);
    }
    assertThat(checkpoints("state")).isNotEmpty();
    try (KafkaStreams restored = monitor("lost-and-empty")) {
      send(curve);
      awaitJudged(SETTLED_AT);
      // The tasks of other partitions may still be on their way from thread to thread.
      await().atMost(PATIENCE).until(() -> checkpoints("lost-and-empty").isEmpty());
    }
  }

  /** Of the tasks; the copies that every instance has hold nothing that could be aborted. */
  private List<Path> checkpoints(String stateFolder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(stateFolder))) {
      return files
          .filter(file -> file.endsWith(".checkpoint") && !file.getParent().endsWith("global"))
          .toList();
    }
  }

  private KafkaStreams monitor(String stateFolder) throws IOException {
    Properties all = new Properties();
    try (InputStream file = getClass().getResourceAsStream("/application.properties")) {
      all.load(file);
    }
    Properties settings = new Properties();
    String prefix = "kafka-streams.";
    all.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> settings.put(name.substring(prefix.length()), all.getProperty(name)));
    settings.put("application.id", "restart");
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("state.dir", folder.resolve(stateFolder).toString());
    registry = new SimpleMeterRegistry();
    MonitorMeters meters = new MonitorMeters(registry, Clock.systemUTC());
    KafkaStreams streams =
        new KafkaStreams(
            MonitorTopology.of(TestConfig.DEFAULTS, meters, Clock.systemUTC()), settings);
    streams.setStateListener(
        new LocalState(
            folder.resolve(stateFolder).resolve("restart"),
            new KafkaCluster(Map.of("bootstrap.servers", broker.bootstrapServers()))::id));
    streams.start();
    return streams;
  }

  private void send(List<EpochCompleted> epochs) {
    EventCodec codec = new EventCodec(URI.create("/test"));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      epochs.forEach(epoch -> producer.send(codec.encode(epoch)));
    }
  }

  /** Until the newest monitor has taken in that many epochs. */
  private void awaitJudged(int epochs) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                registry.find("bridle.monitor.epochs").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum()
                    == epochs);
  }

  private void awaitDecisions(String topic, List<String> identities) {
    await().atMost(PATIENCE).until(() -> identities(topic).equals(identities));
  }

  private List<String> identities(String topic) {
    try (KafkaConsumer<String, byte[]> reader = consumer("reader")) {
      List<TopicPartition> partitions = partitions(reader, topic);
      reader.assign(partitions);
      reader.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
      List<String> found = new ArrayList<>();
      while (partitions.stream().anyMatch(at -> reader.position(at) < ends.get(at))) {
        reader
            .poll(Duration.ofMillis(100))
            .forEach(
                record ->
                    found.add(new String(record.headers().lastHeader("ce_id").value(), UTF_8)));
      }
      return found;
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private KafkaConsumer<String, byte[]> consumer(String group) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "group.id",
            group,
            "isolation.level",
            "read_committed"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
