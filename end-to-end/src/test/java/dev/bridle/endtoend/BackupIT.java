package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.events.RunId;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.backup.Backup;
import dev.bridle.localstack.backup.Restore;
import dev.bridle.localstack.broker.BrokerSettings;
import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.broker.LocalBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop's topics and folders, brought to a machine that has neither. */
class BackupIT {
  private static final List<String> DECIDED =
      List.of(
          Topics.METRICS, Topics.SIGNALS, Topics.ALERTS, Topics.ACKNOWLEDGEMENTS, Topics.CURVES);

  @TempDir Path folder;

  @Test
  void aRestoredMonitorKnowsItsRunsAndSignalsNothingTwiceAndTheModelIsServed() throws Exception {
    RunId run;
    JsonNode known;
    Map<String, Long> records;
    try (LiveStack stack = LiveStack.start(home("lost"))) {
      run = stack.submit(LiveStack.spec("digits-dropout.json", "kept"));
      awaitAllOf(stack, run);
      known = stack.monitored(run);
      records = records(stack, run);
    }
    try (LocalBroker broker = broker("lost")) {
      new Backup(client(broker), folder.resolve("backup")).take();
    }
    try (LocalBroker broker = broker("new")) {
      new Restore(client(broker), folder.resolve("backup")).run();
    }
    copy("trainer");
    copy("inference");

    try (LiveStack stack = LiveStack.start(home("new"))) {
      awaitServed(stack, "kept");
      await()
          .atMost(LiveStack.LONG)
          .untilAsserted(() -> assertThat(stack.monitored(run)).isEqualTo(known));
      // Long enough for a monitor that had forgotten what it read to have judged it all again.
      RunId next = stack.submit(LiveStack.spec("digits-dropout.json", "next"));
      awaitAllOf(stack, next);
      assertThat(records(stack, run)).isEqualTo(records);
      assertThat(Decisions.of(stack.events(), next)).isEqualTo(Decisions.of(stack.events(), run));
    }
  }

  /** The run's stop and its answer, the end, and the model in service. */
  private static void awaitAllOf(LiveStack stack, RunId run) {
    String model = stack.awaitSuccess(run).path("name").asText();
    await()
        .atMost(LiveStack.LONG)
        .until(
            () -> stack.monitored(run).at("/decisions/0/answer/kind").asText().equals("applied"));
    await()
        .atMost(LiveStack.LONG)
        .until(() -> stack.monitored(run).path("phase").asText().equals("SUCCEEDED"));
    awaitServed(stack, model);
  }

  private static void awaitServed(LiveStack stack, String model) {
    await()
        .atMost(LiveStack.LONG)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                stack.post(
                    stack
                        .processes()
                        .layout()
                        .inference()
                        .resolve("/v2/models/" + model + "/infer"),
                    """
                    {"inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 64], "data": %s}]}
                    """
                        .formatted(Collections.nCopies(64, 8)),
                    200));
  }

  /**
   * How many records of each topic speak of the run. Of answers only those that differ count: a
   * trainer that is sent a signal again says its answer again, under the same id.
   */
  private static Map<String, Long> records(LiveStack stack, RunId run) {
    return DECIDED.stream()
        .collect(
            Collectors.toMap(
                topic -> topic,
                topic -> {
                  var found =
                      stack.events().records(topic).stream()
                          .filter(record -> String.valueOf(record.key()).contains(run.value()));
                  return topic.equals(Topics.ACKNOWLEDGEMENTS)
                      ? found.map(BackupIT::id).distinct().count()
                      : found.count();
                }));
  }

  private static String id(ConsumerRecord<String, byte[]> record) {
    return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
  }

  private LocalBroker broker(String name) {
    return LocalBroker.start(
        new BrokerSettings(home(name).resolve("kafka"), FreePorts.next(), FreePorts.next()));
  }

  private static Map<String, Object> client(LocalBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private Path home(String name) {
    return folder.resolve(name);
  }

  private void copy(String service) throws IOException {
    Path from = home("lost").resolve(service);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, home("new").resolve(service).resolve(from.relativize(file).toString()));
      }
    }
  }
}
