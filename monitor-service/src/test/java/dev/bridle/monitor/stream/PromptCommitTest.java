package dev.bridle.monitor.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.book.StandingPolicies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which decisions do not wait for the next commit. By the default policy, epoch 30 is a stop. */
class PromptCommitTest {
  private static final List<EpochCompleted> CURVE = Curves.overfitting(30);

  @TempDir Path folder;
  private final EventCodec codec = new EventCodec(URI.create("/test"));
  private MockProcessorContext<byte[], byte[]> context;

  @Test
  void aDecisionOnAnEpochOfThisMomentIsCommittedAtOnce() {
    JudgeProcessor judge = judgeThatIsLateBy(Duration.ofMillis(200));
    CURVE.subList(0, 29).forEach(epoch -> judge.process(record(epoch)));
    context.resetCommit();

    judge.process(record(CURVE.get(29)));

    assertThat(context.committed()).isTrue();
  }

  @Test
  void anEpochWithoutADecisionWaitsForTheInterval() {
    JudgeProcessor judge = judgeThatIsLateBy(Duration.ofMillis(200));
    judge.process(record(CURVE.get(0)));
    context.resetCommit();

    judge.process(record(CURVE.get(1)));

    assertThat(context.committed()).isFalse();
  }

  @Test
  void soDoDecisionsWhileTheMonitorCatchesUp() {
    JudgeProcessor judge = judgeThatIsLateBy(Duration.ofMinutes(5));

    CURVE.forEach(epoch -> judge.process(record(epoch)));

    assertThat(context.forwarded()).isNotEmpty();
    assertThat(context.committed()).isFalse();
  }

  private JudgeProcessor judgeThatIsLateBy(Duration delay) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    context = new MockProcessorContext<>(properties, new TaskId(0, 0), folder.toFile());
    List.of(
            JudgeProcessor.RUNS,
            JudgeProcessor.POLICIES,
            JudgeProcessor.EPOCHS,
            JudgeProcessor.WATCHED,
            RetentionWatch.STORE,
            StandingPolicies.STORE,
            FinishedRuns.STORE)
        .forEach(this::addStore);
    context.setRecordMetadata(Topics.METRICS, 0, 0);
    Clock clock = Clock.fixed(CURVE.get(29).time().plus(delay), ZoneOffset.UTC);
    JudgeProcessor judge =
        new JudgeProcessor(
            TestConfig.DEFAULTS, new MonitorMeters(new SimpleMeterRegistry(), clock), clock);
    judge.init(context);
    return judge;
  }

  private void addStore(String name) {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private Record<byte[], byte[]> record(EpochCompleted epoch) {
    ProducerRecord<String, byte[]> encoded = codec.encode(epoch);
    return new Record<>(
        encoded.key().getBytes(UTF_8), encoded.value(), encoded.timestamp(), encoded.headers());
  }
}
