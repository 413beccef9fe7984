package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.events.wire.EventJson;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.StackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer and inference are replaced by the next version, at work. */
class LoopUpgradeIT {
  private static final Path THIS = LiveStack.PROJECT;

  @TempDir Path home;

  private final RestCalls rest = new RestCalls();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private StackPorts ports;
  private Path next;
  private Instance trainer;

  @BeforeEach
  void start() {
    next = NextVersion.in(home.resolve("next"));
    ports = StackPorts.ANY.resolved();
    instance(BridleServices.BROKER, "broker").start(THIS);
    trainer = instance(BridleServices.TRAINER, "trainer").start(THIS);
  }

  /** With a port and a folder of its own; it knows the one broker and the one trainer. */
  private Instance instance(String service, String name) {
    boolean named = service.equals(BridleServices.BROKER) || service.equals(BridleServices.TRAINER);
    StackPorts own = named ? ports : new StackPorts(ports.kafka(), 0, ports.trainer(), 0, 0);
    Instance instance = new Instance(service, home.resolve(name), own);
    parts.push(instance);
    return instance;
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void inferenceIsReplacedUnderLoadWithoutAFailedRequest() throws Exception {
    ObjectNode spec = LiveStack.spec("digits-dropout.json", "served");
    ((ObjectNode) spec.get("training")).put("epochs", 2);
    ((ObjectNode) spec.get("model")).putArray("hidden").add(64);
    Instance one = instance(BridleServices.INFERENCE, "one").start(THIS);
    Instance other = instance(BridleServices.INFERENCE, "other").start(THIS);
    submit(spec);
    List.of(one, other).forEach(this::awaitModel);
    try (ReadyClient client =
        new ReadyClient(List.of(one.address(), other.address()), LoopUpgradeIT::infer)) {
      for (Instance old : List.of(one, other)) {
        Instance newer = instance(BridleServices.INFERENCE, "instead-" + parts.size()).start(next);
        client.add(newer.address());
        old.stop();
        int answered = client.answered();
        await().atMost(LiveStack.LONG).until(() -> client.answered() > answered + 20);
      }
      assertThat(client.failures()).isEmpty();
    }
  }

  @Test
  void aRunGoesOnInTheNextTrainerAndAnOlderMonitorReadsItsEvents() throws Exception {
    Instance monitor = instance(BridleServices.MONITOR, "monitor").start(THIS);
    ObjectNode spec = LiveStack.spec("digits-plain.json", "goes-on");
    ((ObjectNode) spec.get("training")).put("epochs", 30);
    ((ObjectNode) spec.at("/policy/rules/0")).put("patience", 1_000);
    RunId run = submit(spec);
    await().atMost(LiveStack.LONG).until(() -> trained(run).path("lastEpoch").asInt() >= 5);

    trainer.replace(next);

    await()
        .atMost(LiveStack.LONG)
        .until(() -> trained(run).path("phase").asText().equals("SUCCEEDED"));
    List<Integer> everyEpoch = IntStream.rangeClosed(1, 30).boxed().toList();
    await()
        .atMost(LiveStack.LONG)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(rest.read(monitor.address().resolve("/v1/runs/" + run)).path("epochs"))
                    .extracting(epoch -> epoch.path("epoch").asInt())
                    .containsExactlyElementsOf(everyEpoch));
    EventLog events = new EventLog("127.0.0.1:" + ports.kafka());
    assertThat(events.of(run, EpochCompleted.class, Topics.METRICS))
        .extracting(EpochCompleted::epoch)
        .containsExactlyElementsOf(everyEpoch);
    assertThat(events.records(Topics.METRICS))
        .as("in both formats")
        .anyMatch(record -> isEpoch(record) && isOfTheNext(record))
        .anyMatch(record -> isEpoch(record) && !isOfTheNext(record));
    assertThat(events.records(Topics.deadLetters(Topics.METRICS))).isEmpty();
  }

  private RunId submit(JsonNode spec) {
    URI runs = trainer.address().resolve("/v1/runs");
    return new RunId(rest.post(runs, spec.toString(), 201).get("run").asText());
  }

  private JsonNode trained(RunId run) {
    return rest.read(trainer.address().resolve("/v1/runs/" + run));
  }

  private void awaitModel(Instance inference) {
    URI ready = inference.address().resolve("/v2/models/served/ready");
    await()
        .atMost(LiveStack.LONG)
        .ignoreExceptions()
        .until(() -> rest.read(ready).path("ready").asBoolean());
  }

  private static HttpRequest.Builder infer(URI inference) {
    String body =
        """
        {"inputs": [{"name": "input", "datatype": "FP32", "shape": [1, 64], "data": %s}]}"""
            .formatted(Collections.nCopies(64, 8));
    return HttpRequest.newBuilder(inference.resolve("/v2/models/served/infer"))
        .POST(BodyPublishers.ofString(body));
  }

  private static boolean isEpoch(ConsumerRecord<String, byte[]> record) {
    return new String(record.headers().lastHeader("ce_type").value()).contains("epoch.completed");
  }

  private static boolean isOfTheNext(ConsumerRecord<String, byte[]> record) {
    try {
      return EventJson.mapper().readTree(record.value()).has(NextVersion.FIELD);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
