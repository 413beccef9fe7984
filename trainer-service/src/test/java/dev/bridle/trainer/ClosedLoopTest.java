package dev.bridle.trainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.onnx.proto.OnnxMl;
import dev.bridle.events.Acknowledgement;
import dev.bridle.events.AttemptStarted;
import dev.bridle.events.AttemptSuspended;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.EpochCompleted;
import dev.bridle.events.ModelExported;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunEnded;
import dev.bridle.events.RunId;
import dev.bridle.events.SignalAcknowledged;
import dev.bridle.events.SignalId;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.TrainingOutcome;
import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.testing.BrokerResource;
import dev.bridle.trainer.data.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the trainer promises to the monitor and to inference, over a real broker. */
@Tag("service")
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(WorkFolder.class)
class ClosedLoopTest {
  private static final int MANY_EPOCHS = 5000;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private final EventCodec monitor = new EventCodec(URI.create("/bridle/monitor"));
  private KafkaProducer<String, byte[]> producer;

  @BeforeEach
  void connect() {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  @Test
  void aStopSignalEndsTheRunAndTheBestEpochIsServed() throws Exception {
    String run = submitted("stopped", MANY_EPOCHS);
    try (EventReader metrics = reader(Topics.METRICS);
        EventReader answers = reader(Topics.ACKNOWLEDGEMENTS);
        EventReader models = reader(Topics.MODELS);
        EventReader runs = reader(Topics.RUNS)) {
      metrics.until(run, EpochCompleted.class, epoch -> epoch.epoch() >= 40);
      SignalIssued stop = signal(run, 1, new ControlSignal.StopTraining(2), later());
      send(stop);
      send(stop);

      Acknowledgement answer = answerTo(stop, answers);
      assertThat(answer).isInstanceOf(Acknowledgement.Applied.class);
      List<TrainingEvent> said = metrics.until(run, RunEnded.class, ended -> true);
      assertThat(said.get(0)).isInstanceOf(AttemptStarted.class);
      RunEnded ended = (RunEnded) said.get(said.size() - 1);
      assertThat(ended.outcome())
          .isEqualTo(new TrainingOutcome.StoppedEarly(stop.id(), "patience", "no better"));
      assertThat(((Acknowledgement.Applied) answer).afterEpoch()).isEqualTo(ended.lastEpoch());
      assertThat(epochs(said))
          .isEqualTo(IntStream.rangeClosed(1, ended.lastEpoch()).boxed().toList());

      ModelExported model =
          (ModelExported) models.until(run, ModelExported.class, exported -> true).get(0);
      assertThat(model.bestEpoch()).isEqualTo(ended.bestEpoch().getAsInt());
      byte[] onnx = given().get(model.uri().getPath()).asByteArray();
      assertThat(Sha256.of(onnx)).isEqualTo(model.sha256());
      assertThat(onnx).hasSize((int) model.sizeBytes());
      assertLiveDropout(OnnxMl.ModelProto.parseFrom(onnx), run);
      assertThat(model.evaluation().get("label/accuracy")).isBetween(0.5, 1.0);

      assertThat(
              runs.until(run, RunChanged.class, changed -> changed.phase().isFinal()).stream()
                  .map(changed -> ((RunChanged) changed).phase()))
          .containsExactly(
              Phase.QUEUED, Phase.PREPARING, Phase.RUNNING, Phase.EXPORTING, Phase.SUCCEEDED);
      assertThat(
              answers.until(run, SignalAcknowledged.class, acknowledged -> true).stream()
                  .filter(event -> event.identity().startsWith(stop.id().value())))
          .hasSize(1);
    }
  }

  @Test
  void signalsThatCannotBeObeyedAreAnswered() throws Exception {
    String run = submitted("answers", MANY_EPOCHS);
    try (EventReader metrics = reader(Topics.METRICS);
        EventReader answers = reader(Topics.ACKNOWLEDGEMENTS)) {
      metrics.until(run, EpochCompleted.class, epoch -> true);
      SignalIssued reduce = signal(run, 1, new ControlSignal.ReduceLearningRate(0.5), later());
      SignalIssued expired =
          signal(run, 2, new ControlSignal.StopTraining(1), Instant.now().minusSeconds(1));
      SignalIssued lacking =
          signal(run, 4, new ControlSignal.StrengthenRegularization("l1", 2), later());
      send(reduce);
      send(lacking);
      send(expired);
      assertThat(answerTo(reduce, answers)).isInstanceOf(Acknowledgement.Applied.class);
      assertThat(answerTo(lacking, answers)).isInstanceOf(Acknowledgement.Refused.class);
      assertThat(answerTo(expired, answers)).isInstanceOf(Acknowledgement.TooLate.class);

      given().post("/v1/runs/" + run + "/cancel").then().statusCode(200);
      metrics.until(run, RunEnded.class, ended -> true);
      SignalIssued late = signal(run, 3, new ControlSignal.StopTraining(1), later());
      send(late);
      assertThat(answerTo(late, answers)).isInstanceOf(Acknowledgement.TooLate.class);
    }
  }

  @Test
  void aMalformedSignalIsDeadLetteredAndTheNextOneIsRead() throws Exception {
    String run = submitted("malformed", MANY_EPOCHS);
    try (EventReader metrics = reader(Topics.METRICS);
        EventReader answers = reader(Topics.ACKNOWLEDGEMENTS);
        EventReader dead = reader(Topics.deadLetters(Topics.SIGNALS))) {
      metrics.until(run, EpochCompleted.class, epoch -> true);
      byte[] nonsense = "not an event".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.SIGNALS, run, nonsense)).get();
      SignalIssued stop = signal(run, 1, new ControlSignal.StopTraining(1), later());
      send(stop);
      assertThat(answerTo(stop, answers)).isInstanceOf(Acknowledgement.Applied.class);

      var letter = dead.record(record -> run.equals(record.key()));
      assertThat(letter.value()).isEqualTo(nonsense);
      assertThat(new String(letter.headers().lastHeader(DeadLetter.REASON).value()))
          .contains("not a CloudEvent");
    }
  }

  @Test
  void aRunOutlivesTheBrokerAndEveryEpochArrivesInOrder() {
    int planned = 60;
    String run = submitted("outage", planned);
    try (EventReader metrics = reader(Topics.METRICS)) {
      metrics.until(run, EpochCompleted.class, epoch -> epoch.epoch() >= 2);
    }
    BrokerResource.outage(
        () -> {
          awaitPhase(run, "SUCCEEDED");
          given().get("/q/health/ready").then().statusCode(200);
        });
    try (EventReader metrics = reader(Topics.METRICS);
        EventReader models = reader(Topics.MODELS)) {
      List<TrainingEvent> said = metrics.until(run, RunEnded.class, ended -> true);
      assertThat(epochs(said).stream().distinct())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, planned).boxed().toList());
      models.until(run, ModelExported.class, exported -> true);
    }
  }

  @Test
  void aPausedRunGoesOnAsTheNextAttemptAndEndsAsIfItHadNotPaused() {
    int planned = 40;
    String undisturbed = submitted("pause", planned);
    awaitPhase(undisturbed, "SUCCEEDED");
    String run = submitted("pause", planned);
    try (EventReader metrics = reader(Topics.METRICS)) {
      metrics.until(run, EpochCompleted.class, epoch -> epoch.epoch() >= 2);
      given().post("/v1/runs/" + run + "/pause").then().statusCode(200);
      awaitPhase(run, "PAUSED");
      metrics.until(run, AttemptSuspended.class, suspended -> true);
      int lastEpoch = view(run).getInt("lastEpoch");
      given().post("/v1/runs/" + run + "/resume").then().statusCode(200);
      given()
          .post("/v1/runs/" + undisturbed + "/resume")
          .then()
          .statusCode(409)
          .contentType("application/problem+json");
      awaitPhase(run, "SUCCEEDED");
      List<TrainingEvent> said = metrics.until(run, RunEnded.class, ended -> true);
      assertThat(said)
          .filteredOn(AttemptStarted.class::isInstance)
          .hasSize(2)
          .last()
          .satisfies(
              event -> {
                AttemptStarted second = (AttemptStarted) event;
                assertThat(second.attempt()).isEqualTo(2);
                assertThat(second.resumedFromEpoch()).isEqualTo(lastEpoch);
              });
    }
    assertThat(timeless(run)).isEqualTo(timeless(undisturbed)).hasSize(planned);
    assertThat(view(run).getMap("evaluation")).isEqualTo(view(undisturbed).getMap("evaluation"));
  }

  @Test
  void theSameSpecGivesTheSameMetricsAndTheSameModel() {
    String first = submitted("twin", 5);
    String second = submitted("twin", 5);
    awaitPhase(first, "SUCCEEDED");
    awaitPhase(second, "SUCCEEDED");
    assertThat(timeless(second)).isEqualTo(timeless(first)).hasSize(5);
    assertThat(view(second).getMap("evaluation")).isEqualTo(view(first).getMap("evaluation"));
  }

  @Test
  void aRunWhoseDataCannotBeReadFailsWithTheReason() {
    String run =
        given()
            .contentType("application/json")
            .body("{\"name\":\"wrong\",\"data\":{\"uri\":\"digits.csv\",\"target\":\"lable\"}}")
            .post("/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("run");
    awaitPhase(run, "FAILED");
    assertThat(view(run).getString("outcome.reason")).contains("has no column 'lable'");
  }

  @Test
  void metersHealthAndOpenApiAreThere() {
    assertThat(given().get("/q/metrics").asString())
        .contains(
            "bridle_trainer_spool_depth_events",
            "bridle_trainer_events_total",
            "bridle_trainer_queue_runs",
            "bridle_trainer_signals_total{result=\"malformed\"}");
    given().get("/q/health").then().statusCode(200);
    assertThat(given().get("/q/openapi").asString()).contains("/v1/runs/{run}/artifacts/{name}");
  }

  private EventReader reader(String topic) {
    return new EventReader(bootstrapServers, topic);
  }

  private String submitted(String name, int epochs) {
    String spec =
        """
        {"name": "%s", "seed": 7,
         "data": {"uri": "digits.csv", "labelNoise": 0.3,
                  "split": {"training": 0.2, "validation": 0.2, "test": 0.5}},
         "model": {"kind": "mlp", "hidden": [32, 16], "dropout": 0.25},
         "training": {"epochs": %d}}
        """
            .formatted(name, epochs);
    return given()
        .contentType("application/json")
        .body(spec)
        .post("/v1/runs")
        .then()
        .statusCode(201)
        .extract()
        .path("run");
  }

  private static SignalIssued signal(
      String run, int epoch, ControlSignal signal, Instant expiresAt) {
    RunId id = new RunId(run);
    return new SignalIssued(
        SignalId.of(id, 1, epoch, "patience"),
        id,
        1,
        epoch,
        "patience",
        signal,
        "no better",
        Map.of(),
        expiresAt,
        Instant.now());
  }

  private static Instant later() {
    return Instant.now().plusSeconds(600);
  }

  private void send(SignalIssued signal) throws ExecutionException, InterruptedException {
    producer.send(monitor.encode(signal)).get();
  }

  private static Acknowledgement answerTo(SignalIssued signal, EventReader answers) {
    return answers
        .until(
            signal.run().value(),
            SignalAcknowledged.class,
            answer -> answer.signal().equals(signal.id()))
        .stream()
        .map(SignalAcknowledged.class::cast)
        .filter(answer -> answer.signal().equals(signal.id()))
        .findFirst()
        .orElseThrow()
        .answer();
  }

  private static List<Integer> epochs(List<TrainingEvent> events) {
    return events.stream()
        .filter(EpochCompleted.class::isInstance)
        .map(event -> ((EpochCompleted) event).epoch())
        .toList();
  }

  private static void awaitPhase(String run, String phase) {
    await().atMost(Duration.ofSeconds(60)).until(() -> view(run).getString("phase"), phase::equals);
  }

  private static io.restassured.path.json.JsonPath view(String run) {
    return given().get("/v1/runs/" + run).jsonPath();
  }

  private static List<Map<String, Object>> timeless(String run) {
    List<Map<String, Object>> metrics =
        given().get("/v1/runs/" + run + "/metrics").jsonPath().getList("epochs.metrics");
    metrics.forEach(
        epoch ->
            epoch.keySet().removeAll(List.of("epochSeconds", "samplesPerSecond", "memoryBytes")));
    return metrics;
  }

  private static void assertLiveDropout(OnnxMl.ModelProto model, String run) {
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    List<OnnxMl.NodeProto> dropouts =
        model.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("Dropout"))
            .toList();
    assertThat(dropouts).hasSize(2);
    OnnxMl.TensorProto trainingMode =
        model.getGraph().getInitializerList().stream()
            .filter(constant -> constant.getName().equals(dropouts.get(0).getInput(2)))
            .findFirst()
            .orElseThrow();
    assertThat(trainingMode.getRawData().byteAt(0)).isEqualTo((byte) 1);
    assertThat(model.getMetadataPropsList())
        .anySatisfy(
            property -> {
              assertThat(property.getKey()).isEqualTo("run_id");
              assertThat(property.getValue()).isEqualTo(run);
            });
  }
}
