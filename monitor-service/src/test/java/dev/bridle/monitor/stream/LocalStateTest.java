package dev.bridle.monitor.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStateTest {
  @TempDir Path folder;
  private Path store;
  private Path process;

  @BeforeEach
  void fill() throws IOException {
    start(Optional.of("one"));
    store = Files.createDirectories(folder.resolve("0_3/rocksdb/runs")).resolve("000012.sst");
    process = folder.resolve("kafka-streams-process-metadata");
    Files.writeString(store, "runs");
    Files.writeString(process, "who it was");
  }

  @Test
  void keepsWhatBelongsToTheCluster() {
    start(Optional.of("one"));

    assertThat(store).exists();
  }

  @Test
  void removesWhatWasFoldedFromAnotherClustersTopics() {
    start(Optional.of("other"));

    assertThat(folder.resolve("0_3")).doesNotExist();
    assertThat(process).exists();
  }

  @Test
  void removesWhatNobodyKnowsTheClusterOf() throws IOException {
    start(Optional.empty());
    assertThat(folder.resolve("0_3")).doesNotExist();

    Files.createDirectory(folder.resolve("0_3"));
    start(Optional.of("one"));
    assertThat(folder.resolve("0_3")).doesNotExist();
  }

  @Test
  void touchesNothingOnceTasksHaveItOpen() {
    new LocalState(folder, () -> Optional.of("other")).onChange(State.RUNNING, State.REBALANCING);
    new LocalState(folder, () -> Optional.of("other")).onChange(State.REBALANCING, State.RUNNING);

    assertThat(store).exists();
  }

  @Test
  void knowsNoClusterBehindABrokerThatIsAway() {
    Map<String, Object> nobody =
        Map.of("bootstrap.servers", "127.0.0.1:1", "value.serializer", "of another client");

    assertThat(new KafkaCluster(nobody, 200).id()).isEmpty();
  }

  private void start(Optional<String> cluster) {
    new LocalState(folder, () -> cluster).onChange(State.REBALANCING, State.CREATED);
  }
}
