package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.PredictionMade;
import dev.bridle.events.wire.Topics;
import dev.bridle.inference.testing.EventTail;
import dev.bridle.inference.testing.Meters;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What is answered is said on Kafka, and no answer waits for that. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@TestProfile(PredictionEventsTest.AllOfThem.class)
class PredictionEventsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  public static class AllOfThem implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "bridle.inference.predictions.rate", "1",
          "bridle.inference.predictions.most-values", "100");
    }
  }

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void anAnswerAndItsUncertaintyGoToKafka() {
    byte[] onnx = TestModels.mlp(2, 3, 0.5);
    ServedModels.serve(bootstrapServers, "told", onnx);
    JsonPath answer = infer("told", "order-17", "{\"mc_samples\":50,\"mc_seed\":4}", 1);
    infer("told", "plain-18", "{}", 1);
    try (EventTail tail = new EventTail(bootstrapServers, Topics.PREDICTIONS)) {
      List<PredictionMade> events =
          tail.until(PredictionMade.class, event -> event.id().equals("plain-18"));
      PredictionMade sampled =
          events.stream().filter(event -> event.id().equals("order-17")).findFirst().orElseThrow();
      assertThat(sampled.model()).isEqualTo("told");
      assertThat(sampled.sha256()).isEqualTo(answer.getString("parameters.model_sha256"));
      assertThat(sampled.samples()).isEqualTo(50);
      assertThat(sampled.method()).contains("sample");
      assertThat(sampled.seed()).contains(4L);
      assertThat(sampled.outputs())
          .containsOnlyKeys(answer.getList("outputs.name", String.class))
          .containsKey("probabilities.mutual_information");
      assertThat(sampled.outputs().get("probabilities").shape()).containsExactly(1L, 3L);
      assertThat(sampled.outputs().get("probabilities").values())
          .isEqualTo(answer.getList("outputs[0].data", Double.class));
      PredictionMade plain =
          events.stream().filter(event -> event.id().equals("plain-18")).findFirst().orElseThrow();
      assertThat(plain.samples()).isZero();
      assertThat(plain.seed()).isEmpty();
      assertThat(plain.outputs()).containsOnlyKeys("probabilities");
    }
  }

  @Test
  void anAnswerOfTooManyNumbersIsNotSaid() {
    ServedModels.serve(bootstrapServers, "large", TestModels.mlp(2, 3, 0.5));
    double before = events("oversized");
    infer("large", "34-rows", "{}", 34);
    assertThat(events("oversized")).isEqualTo(before + 1);
  }

  @Test
  void answersComeWithoutKafkaAndAreSaidAgainWhenItIsBack() {
    ServedModels.serve(bootstrapServers, "outage", TestModels.mlp(2, 3, 0.5));
    infer("outage", "before", "{}", 1);
    await().atMost(SOON).until(() -> events("sent") >= 1);
    BrokerResource.outage(() -> infer("outage", "during", "{}", 1));
    infer("outage", "after", "{}", 1);
    try (EventTail tail = new EventTail(bootstrapServers, Topics.PREDICTIONS)) {
      tail.until(PredictionMade.class, event -> event.id().equals("after"));
    }
  }

  private static JsonPath infer(String model, String id, String parameters, int rows) {
    String body =
        ("{\"id\":\"%s\",\"parameters\":%s,\"inputs\":[{\"name\":\"input\",\"shape\":[%d,2],"
                + "\"datatype\":\"FP32\",\"data\":%s}]}")
            .formatted(id, parameters, rows, Collections.nCopies(2 * rows, 0.5));
    return given()
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/" + model + "/infer")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static double events(String outcome) {
    return Meters.values("bridle_inference_events_total{", outcome).findFirst().orElseThrow();
  }
}
