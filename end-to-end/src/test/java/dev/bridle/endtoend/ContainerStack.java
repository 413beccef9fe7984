package dev.bridle.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import dev.bridle.events.RunId;
import dev.bridle.localstack.broker.FreePorts;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/** The services of docker-compose.yml as containers that can be cut off, killed and multiplied. */
final class ContainerStack implements AutoCloseable {
  static final String SECOND_TRAINER = "trainer-2";
  private static final String SHARING_TRAINERS = "trainers";
  private static final int KAFKA_PORT = 9092;
  private static final int TRAINER_PORT = 8081;
  private static final int MONITOR_PORT = 8080;
  private static final int INFERENCE_PORT = 8082;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final RestCalls rest = new RestCalls();
  private final int kafkaPort = FreePorts.next();
  private final ComposeFile compose =
      ComposeFile.read(LiveStack.PROJECT, Map.of("BRIDLE_KAFKA_PORT", String.valueOf(kafkaPort)));
  private final Network restNetwork = opened(Network.newNetwork());
  // Only there is the name kafka known. Without a way out, so that what is cut off from it has no
  // other way to Kafka.
  private final Network kafkaNetwork =
      opened(
          Network.builder()
              .createNetworkCmdModifier(command -> command.withInternal(true))
              .build());

  // Testcontainers takes it away at the end, as the containers.
  private final String sharedVolume =
      DockerClientFactory.instance()
          .client()
          .createVolumeCmd()
          .withLabels(DockerClientFactory.DEFAULT_LABELS)
          .exec()
          .getName();

  private final ServiceContainer trainer;
  private final ServiceContainer monitor;
  private final ServiceContainer inference;

  private ContainerStack() {
    startKafka();
    trainer = trainer("trainer");
    monitor = monitor("monitor");
    inference =
        service("inference", "inference", INFERENCE_PORT)
            .withEnv(
                "BRIDLE_INFERENCE_ALLOWED_URIS",
                String.join(",", uri("trainer"), uri(SECOND_TRAINER), uri(SHARING_TRAINERS)));
    Startables.deepStart(trainer, monitor, inference).join();
  }

  static ContainerStack start() {
    return new ContainerStack();
  }

  ServiceContainer trainer() {
    return trainer;
  }

  ServiceContainer monitor() {
    return monitor;
  }

  ServiceContainer inference() {
    return inference;
  }

  /** A further trainer, not yet started. */
  ServiceContainer trainer(String name) {
    return service("trainer", name, TRAINER_PORT).withEnv("BRIDLE_TRAINER_PUBLIC_URL", uri(name));
  }

  /**
   * A trainer, not yet started, that shares its queue and its runs' folder with the others of its
   * kind. They have one name, under which any of them may answer.
   */
  ServiceContainer sharingTrainer(String name) {
    String own = "/data/" + name;
    return service("trainer", name, TRAINER_PORT)
        .withNetworkAliases(SHARING_TRAINERS)
        .withEnv("BRIDLE_TRAINER_PUBLIC_URL", uri(SHARING_TRAINERS))
        .withEnv("BRIDLE_TRAINER_QUEUE", "kafka")
        .withEnv("BRIDLE_TRAINER_LEASE", "5s")
        .withEnv("BRIDLE_TRAINER_WORK_DIR", own)
        .withEnv("BRIDLE_TRAINER_ENGINE_CACHE_DIR", own + "/engine")
        .withEnv("BRIDLE_TRAINER_RUNS_DIR", "/data/shared")
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withBinds(new Bind(sharedVolume, new Volume("/data"))));
  }

  private static String uri(String trainer) {
    return "http://" + trainer + ":" + TRAINER_PORT + "/";
  }

  /** A further monitor, not yet started. */
  ServiceContainer monitor(String name) {
    return service("monitor", name, MONITOR_PORT);
  }

  EventLog events() {
    return new EventLog("127.0.0.1:" + kafkaPort);
  }

  RunId submit(ServiceContainer trainer, JsonNode spec) {
    URI runs = trainer.address(TRAINER_PORT).resolve("/v1/runs");
    return new RunId(rest.post(runs, spec.toString(), 201).get("run").asText());
  }

  JsonNode run(ServiceContainer trainer, RunId run) {
    return rest.read(trainer.address(TRAINER_PORT).resolve("/v1/runs/" + run));
  }

  JsonNode monitored(ServiceContainer monitor, RunId run) {
    return rest.read(monitor.address(MONITOR_PORT).resolve("/v1/runs/" + run));
  }

  boolean serves(String model) {
    try {
      return rest.read(inferenceAt(model, "/ready")).path("ready").asBoolean();
    } catch (IllegalStateException e) {
      return false; // it knows no such model yet
    }
  }

  JsonNode infer(String model, String body) {
    return rest.post(inferenceAt(model, "/infer"), body, 200);
  }

  void awaitEpoch(ServiceContainer trainer, RunId run, int epoch) {
    Awaitility.await()
        .atMost(LiveStack.LONG)
        .until(() -> run(trainer, run).path("lastEpoch").asInt() >= epoch);
  }

  /** Waits until the run has succeeded; fails at once if it ends otherwise. */
  JsonNode awaitSuccess(ServiceContainer trainer, RunId run) {
    return Awaitility.await()
        .atMost(LiveStack.LONG)
        .failFast(
            run + " should succeed",
            () -> Set.of("FAILED", "CANCELLED").contains(run(trainer, run).path("phase").asText()))
        .until(() -> run(trainer, run), view -> view.path("phase").asText().equals("SUCCEEDED"));
  }

  private URI inferenceAt(String model, String what) {
    return inference.address(INFERENCE_PORT).resolve("/v2/models/" + model + what);
  }

  private void startKafka() {
    ServiceContainer kafka = container("kafka", "kafka");
    kafka
        .withExposedPorts(KAFKA_PORT)
        .withCreateContainerCmdModifier(
            command ->
                Objects.requireNonNull(command.getHostConfig())
                    .withPortBindings(
                        new PortBinding(
                            Ports.Binding.bindIpAndPort("127.0.0.1", kafkaPort),
                            new ExposedPort(KAFKA_PORT))))
        .waitingFor(Wait.forListeningPort().withStartupTimeout(LiveStack.LONG));
    kafka.start();
    container("topics", "topics")
        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(LiveStack.LONG))
        .start();
  }

  private ServiceContainer service(String service, String alias, int port) {
    return container(service, alias)
        .withNetworkAliases(alias)
        .withExposedPorts(port)
        .waitingFor(Wait.forHealthcheck().withStartupTimeout(LiveStack.LONG));
  }

  private ServiceContainer container(String service, String alias) {
    return opened(new ServiceContainer(compose.service(service), alias, restNetwork, kafkaNetwork));
  }

  private <C extends AutoCloseable> C opened(C resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
