package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.Topics;
import dev.bridle.inference.testing.Announcer;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an announcement on a real broker to answers with their uncertainty. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
class InferenceServiceTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] MLP = TestModels.mlp(2, 3, 0.5);
  private static final String INPUT =
      "\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[0.5,-1]}]";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private Announcer announcer;

  @BeforeEach
  void serveTheMlp() {
    announcer = new Announcer(bootstrapServers);
    announce("mlp", 1, MLP);
    awaitServed("mlp", 1);
  }

  @AfterEach
  void close() {
    announcer.close();
  }

  @Test
  void theServerTellsWhatItIs() {
    when().get("/v2").then().statusCode(200).body("extensions", hasItem("mc_dropout"));
    when().get("/v2/").then().statusCode(200).body("name", equalTo("bridle"));
    when().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
    when().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
    await().atMost(SOON).untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    when().get("/v2/models/mlp/ready").then().statusCode(200).body("ready", equalTo(true));
    when()
        .get("/v2/models/mlp")
        .then()
        .statusCode(200)
        .body("platform", equalTo("onnx_onnxv1"))
        .body("inputs[0].shape", equalTo(List.of(-1, 2)))
        .body("outputs[0].datatype", equalTo("FP32"));
  }

  @Test
  void aPlainRequestGetsThePlainOutputAlone() {
    infer("mlp", "{\"id\":\"7\"," + INPUT + "}")
        .statusCode(200)
        .body("id", equalTo("7"))
        .body("model_name", equalTo("mlp"))
        .body("outputs.name", equalTo(List.of("probabilities")))
        .body("outputs[0].shape", equalTo(List.of(1, 3)))
        .body("parameters.model_sha256", equalTo(Announcer.sha256(MLP)))
        .body("parameters", not(hasKey("mc_seed")));
  }

  @Test
  void mcSamplesBringTheUncertainty() {
    infer("mlp", "{\"parameters\":{\"mc_samples\":50,\"mc_seed\":4}," + INPUT + "}")
        .statusCode(200)
        .body(
            "outputs.name",
            equalTo(
                List.of(
                    "probabilities",
                    "probabilities.variance",
                    "probabilities.predictive_entropy",
                    "probabilities.expected_entropy",
                    "probabilities.mutual_information",
                    "probabilities.variation_ratio",
                    "probabilities.margin",
                    "probabilities.mean_se")))
        .body("parameters.mc_samples_used", equalTo(50))
        .body("parameters.mc_seed", equalTo(4))
        .body("parameters.mc_method", equalTo("sample"));
  }

  @Test
  void meansAloneAreDrawnByBalancedMasksUnlessAnotherMethodIsNamed() {
    String means = ",\"outputs\":[{\"name\":\"probabilities\"}]," + INPUT + "}";
    infer("mlp", "{\"parameters\":{\"mc_samples\":50}" + means)
        .statusCode(200)
        .body("parameters.mc_method", equalTo("balanced"))
        .body("parameters.mc_stop_reason", equalTo("samples"));
    infer("mlp", "{\"parameters\":{\"mc_samples\":50,\"mc_method\":\"antithetic\"}" + means)
        .statusCode(200)
        .body("parameters.mc_method", equalTo("antithetic"));
  }

  @Test
  void aStandardErrorMayBeAskedForInsteadOfANumberOfSamples() {
    infer("mlp", "{\"parameters\":{\"mc_target_se\":0.02,\"mc_seed\":1}," + INPUT + "}")
        .statusCode(200)
        .body("parameters.mc_stop_reason", equalTo("target_se"))
        .body("parameters.mc_samples_used", lessThan(10_000))
        .body("outputs.find { it.name.endsWith('mean_se') }.data[0]", lessThan(0.02f));
    infer("mlp", "{\"parameters\":{\"mc_target_se\":1e-9,\"mc_max_samples\":120}," + INPUT + "}")
        .statusCode(200)
        .body("parameters.mc_stop_reason", equalTo("samples"))
        .body("parameters.mc_samples_used", equalTo(120));
  }

  @Test
  void aModelIsEvaluatedWithoutAndWithMcDropout() {
    String rows =
        "\"inputs\":[{\"name\":\"input\",\"shape\":[3,2],\"datatype\":\"FP32\",\"data\":[1,2,3,4,-1,0]}]";
    given()
        .body(
            "{\"labels\":[0,1,2],\"parameters\":{\"mc_samples\":30,\"mc_seed\":1},"
                + rows
                + ",\"out_of_distribution\":{"
                + rows
                + "}}")
        .post("/v2/models/mlp/evaluate")
        .then()
        .statusCode(200)
        .body("rows", equalTo(3))
        .body("output", equalTo("probabilities"))
        .body("plain.reliability", hasSize(15))
        .body("mc_dropout.risk_coverage", hasSize(20))
        .body("parameters.mc_samples_used", equalTo(30))
        .body("out_of_distribution.auroc.mutual_information", equalTo(0.5f));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'labels':[0,1], | labels should be 1",
        "'labels':[3], | from 0 to 2: one was 3",
        "'labels':['a'], | numbers",
        "'output':'z','labels':[0], | 'z'",
        "'labels':[], | at least one number"
      })
  void anEvaluationThatCantBeIsToldWhy(String fields, String hint) {
    given()
        .body("{" + fields.replace('\'', '"') + INPUT + "}")
        .post("/v2/models/mlp/evaluate")
        .then()
        .statusCode(400)
        .body("error", containsString(hint));
  }

  @Test
  void rowsThatTheSubNetworksDisagreeOnAreAbstainedFrom() {
    String asked =
        "{\"parameters\":{\"mc_samples\":50,\"mc_seed\":4,\"mc_abstain_mi\":%s}," + INPUT + "}";
    infer("mlp", asked.formatted("1e-9"))
        .statusCode(200)
        .body("outputs.find { it.name.endsWith('abstain') }.datatype", equalTo("BOOL"))
        .body("outputs.find { it.name.endsWith('abstain') }.data", equalTo(List.of(true)));
    infer("mlp", asked.formatted("1.09"))
        .statusCode(200)
        .body("outputs.find { it.name.endsWith('abstain') }.data", equalTo(List.of(false)));
  }

  @Test
  void aDeadlineCutsTheSamplesShort() {
    infer("mlp", "{\"parameters\":{\"mc_samples\":10000,\"mc_deadline_ms\":0.001}," + INPUT + "}")
        .statusCode(200)
        .body("parameters.mc_stop_reason", equalTo("deadline"))
        .body("parameters.mc_samples_used", lessThan(10_000));
  }

  @Test
  void theSameSeedGivesTheSameBitsAndADrawnOneIsReported() {
    String wanted = ",\"outputs\":[{\"name\":\"probabilities.variance\"}],";
    JsonPath first =
        infer("mlp", "{\"parameters\":{\"mc_samples\":20}" + wanted + INPUT + "}")
            .statusCode(200)
            .extract()
            .jsonPath();
    long seed = first.getLong("parameters.mc_seed");
    String repeated = "{\"parameters\":{\"mc_samples\":20,\"mc_seed\":%d}".formatted(seed);
    infer("mlp", repeated + wanted + INPUT + "}")
        .statusCode(200)
        .body("outputs[0].data", equalTo(first.getList("outputs[0].data")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "wrong shape | {'inputs':[{'name':'input','shape':[1,3],'datatype':'FP32','data':[1,2,3]}]} | [-1, 2]",
        "wrong datatype | {'inputs':[{'name':'input','shape':[1,2],'datatype':'INT32','data':[1,2]}]} | FP32",
        "wrong count | {'inputs':[{'name':'input','shape':[2,2],'datatype':'FP32','data':[1,2,3]}]} | 4",
        "unknown input | {'inputs':[{'name':'x','shape':[1,2],'datatype':'FP32','data':[1,2]}]} | 'x'",
        "unknown output | {'outputs':[{'name':'z'}],INPUT} | 'z'",
        "duplicate output | {'outputs':[{'name':'probabilities'},{'name':'probabilities'}],INPUT} | twice",
        "ragged | {'inputs':[{'name':'input','shape':[2,2],'datatype':'FP32','data':[[1,2],[3]]}]} | ragged",
        "overflow | {'inputs':[{'name':'input','shape':[9223372036854775807,2],'datatype':'FP32','data':[1,2]}]} | 2^63",
        "huge | {'inputs':[{'name':'input','shape':[65536,65536],'datatype':'FP32','data':[1,2]}]} | [65536, 65536]",
        "negative samples | {'parameters':{'mc_samples':-1},INPUT} | 10000: was -1",
        "too many samples | {'parameters':{'mc_samples':10001},INPUT} | 10000: was 10001",
        "samples as text | {'parameters':{'mc_samples':'many'},INPUT} | many",
        "half a sample | {'parameters':{'mc_samples':2.5},INPUT} | 2.5",
        "fractional seed | {'parameters':{'mc_samples':1,'mc_seed':1.5},INPUT} | mc_seed",
        "unknown method | {'parameters':{'mc_samples':1,'mc_method':'best'},INPUT} | [auto, sample, antithetic, balanced, analytic_last_layer]: was \"best\"",
        "no closed form | {'parameters':{'mc_samples':1,'mc_method':'analytic_last_layer'},INPUT} | last layer",
        "a target of a method without | {'parameters':{'mc_target_se':0.1,'mc_method':'balanced'},INPUT} | mc_target_se",
        "abstention without a threshold | {'parameters':{'mc_samples':1},'outputs':[{'name':'probabilities.abstain'}],INPUT} | mc_abstain_mi",
        "no target | {'parameters':{'mc_target_se':0},INPUT} | mc_target_se should be a number above 0: was 0",
        "no time | {'parameters':{'mc_samples':1,'mc_deadline_ms':'soon'},INPUT} | mc_deadline_ms",
        "uncertainty from no sample | {'parameters':{'mc_samples':0},'outputs':[{'name':'probabilities.variance'}],INPUT} | mc_samples",
        "no JSON | {'inputs': | JSON",
        "no object | [] | object",
        "half precision | {'inputs':[{'name':'input','shape':[1,2],'datatype':'FP16','data':[1,2]}]} | FP16",
      })
  void aWrongRequestIsToldWhatIsWrong(String name, String body, String hint) {
    infer("mlp", body.replace('\'', '"').replace("INPUT", INPUT))
        .statusCode(400)
        .body("$", aMapWithSize(1))
        .body("error", containsString(hint));
  }

  @Test
  void jsonMayBeFiftyDeepAndNotAHundredAndTwenty() {
    infer("mlp", deep(120)).statusCode(400).body("error", containsString("deep"));
    infer("mlp", deep(50)).statusCode(400).body("error", containsString("elements"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "application/x-www-form-urlencoded", "text/plain", "application/octet-stream"})
  void anyContentTypeIsTakenAndNoneToo(String type) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v2/models/mlp/infer"))
            .POST(HttpRequest.BodyPublishers.ofString("{" + INPUT + "}"));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedInTheProtocolsWords() {
    infer("mlp", " ".repeat(2_000_000))
        .statusCode(413)
        .body("$", aMapWithSize(1))
        .body("error", containsString("at most 1000000 bytes"));
    infer("mlp", "{" + INPUT + "}").statusCode(200);
  }

  @Test
  void whatIsntThereIs404AndAWrongMethodIs405() {
    when().get("/v2/models/none").then().statusCode(404).body("error", containsString("none"));
    when()
        .get("/v2/models/mlp/versions/99")
        .then()
        .statusCode(404)
        .body("error", containsString("99"));
    when()
        .get("/v2/models/mlp/versions/72487667423532349025128558057")
        .then()
        .statusCode(404)
        .body("$", aMapWithSize(1));
    when().get("/v2/nothing").then().statusCode(404).body("$", aMapWithSize(1));
    when().get("/v2/models/mlp/infer").then().statusCode(405).body("$", aMapWithSize(1));
    when().post("/v2").then().statusCode(405).body("$", aMapWithSize(1));
  }

  @Test
  void aModelWithoutLiveDropoutIsServedPlainlyAndRefusedMcMode() {
    announce("off", 1, TestModels.switchedOff(new float[] {1, 2}));
    awaitServed("off", 1);
    infer("off", "{" + INPUT + "}")
        .statusCode(200)
        .body("outputs[0].data", equalTo(List.of(-1.5f)));
    infer("off", "{\"parameters\":{\"mc_samples\":10}," + INPUT + "}")
        .statusCode(400)
        .body("error", containsString("no live Dropout"));
  }

  @Test
  void aModelThatCantBeServedLeavesTheOldOneServing() {
    byte[] custom = TestModels.customOperator();
    announce("mlp", 2, custom);
    URI uri = ModelServer.uri("mlp/3.onnx");
    ModelServer.offer("mlp/3.onnx", MLP);
    announcer.announce("mlp", 3, uri, MLP, "0".repeat(64));
    announcer.announce("mlp", 4, URI.create("file:/etc/hostname"), MLP);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(when().get("/q/health/ready").asString())
                    .contains("Frobnicate", "sha256 should be 0000", "uri should start with"));
    when().get("/v2/models/mlp").then().body("versions", equalTo(List.of("1")));
    infer("mlp", "{" + INPUT + "}").statusCode(200);
    assertThat(when().get("/q/metrics").asString())
        .contains("bridle_inference_load_failures_models_total")
        .contains("bridle_inference_requests_total")
        .contains("bridle_inference_models_loaded_models");
  }

  @Test
  void theGreatestVersionAnswersAndOlderOnesStay() {
    announce("two", 1, TestModels.linear(new float[] {1, 1}, 0.5));
    announce("two", 2, TestModels.linear(new float[] {2, 2}, 0.5));
    awaitServed("two", 2);
    infer("two", "{" + INPUT + "}").body("outputs[0].data", equalTo(List.of(-1.0f)));
    infer("two/versions/1", "{" + INPUT + "}")
        .body("model_version", equalTo("1"))
        .body("outputs[0].data", equalTo(List.of(-0.5f)));
  }

  @Test
  void aModelIsFetchedOnceItsTrainerIsBack() {
    byte[] onnx = TestModels.linear(new float[] {1, 1}, 0.5);
    announcer.announce("late", 1, ModelServer.uri("late/1.onnx"), onnx);
    announce("marker", 1, onnx);
    awaitServed("marker", 1);
    when().get("/v2/models/late").then().statusCode(404);
    ModelServer.offer("late/1.onnx", onnx);
    awaitServed("late", 1);
  }

  @Test
  void aMalformedEventIsBuriedAndReadingGoesOn() {
    String key = UUID.randomUUID().toString();
    byte[] nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
    announcer.send(new ProducerRecord<>(Topics.MODELS, key, nonsense));
    announce("after", 1, MLP);
    awaitServed("after", 1);
    ConsumerRecord<String, byte[]> letter = deadLetter(key);
    assertThat(letter.value()).isEqualTo(nonsense);
    assertThat(letter.headers().lastHeader(DeadLetter.REASON).value()).isNotEmpty();
    assertThat(
            new String(
                letter.headers().lastHeader(DeadLetter.TOPIC).value(), StandardCharsets.UTF_8))
        .isEqualTo(Topics.MODELS);
  }

  private ConsumerRecord<String, byte[]> deadLetter(String key) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "group.id", key,
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.deadLetters(Topics.MODELS)));
      return await()
          .atMost(SOON)
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (key.equals(record.key())) {
                    return record;
                  }
                }
                return null;
              },
              record -> record != null);
    }
  }

  private void announce(String model, long version, byte[] onnx) {
    String path = model + "/" + version + ".onnx";
    ModelServer.offer(path, onnx);
    announcer.announce(model, version, ModelServer.uri(path), onnx);
  }

  private static void awaitServed(String model, long version) {
    String ready = "/v2/models/%s/versions/%d/ready".formatted(model, version);
    await().atMost(SOON).until(() -> when().get(ready).statusCode() == 200);
  }

  private static ValidatableResponse infer(String model, String body) {
    return given()
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/" + model + "/infer")
        .then();
  }

  private static String deep(int depth) {
    return "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":%s1%s}]}"
        .formatted("[".repeat(depth), "]".repeat(depth));
  }
}
