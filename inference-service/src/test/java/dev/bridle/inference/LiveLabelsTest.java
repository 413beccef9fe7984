package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.bridle.events.PredictionLabeled;
import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.inference.testing.Announcer;
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
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The truth comes after the answer, and the meters say how good the answer was. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@TestProfile(LiveLabelsTest.ThreeRows.class)
class LiveLabelsTest {
  public static class ThreeRows implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "bridle.inference.labels.remembered", "3", "bridle.inference.labels.kafka", "true");
    }
  }

  private static final Duration SOON = Duration.ofSeconds(60);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void aLabelThatComesLaterIsJoinedOnceByItsId() {
    ServedModels.serve(bootstrapServers, "live", TestModels.mlp(2, 3, 0.5));
    int right = likeliest(infer("live", "a", "{}"));
    infer("live", "b", "{}");
    labels("live", "a", right).statusCode(200).body("rows", equalTo(1));
    labels("live", "b", (right + 1) % 3).statusCode(200);
    assertThat(meter("accuracy", "live")).isEqualTo(0.5);
    assertThat(meter("rows", "live")).isEqualTo(2);
    assertThat(meter("brier", "live")).isPositive();
    assertThat(meter("ece", "live")).isBetween(0.0, 1.0);
    labels("live", "a", right).statusCode(404).body("error", containsString("'a'"));
  }

  @Test
  void theOldestAnswersAreForgotten() {
    ServedModels.serve(bootstrapServers, "forgetful", TestModels.mlp(2, 3, 0.5));
    for (String id : List.of("1", "2", "3", "4")) {
      infer("forgetful", id, "{}");
    }
    labels("forgetful", "1", 0).statusCode(404).body("error", containsString("last 3 rows"));
    labels("forgetful", "4", 7)
        .statusCode(400)
        .body("error", containsString("whole numbers from 0 to 2"));
    labels("forgetful", "4", 0).statusCode(200);
  }

  @Test
  void intervalsAreHeldAgainstTheTruth() {
    byte[] onnx = TestModels.linearWithResiduals(new float[] {1, 2}, 0.5, 4);
    ServedModels.serve(bootstrapServers, "interval", onnx);
    for (double truth : new double[] {2.5, 1000}) {
      infer("interval", "x", "{\"mc_samples\":50,\"mc_interval\":0.9}");
      labels("interval", "x", truth).statusCode(200);
    }
    assertThat(meter("coverage", "interval")).isEqualTo(0.5);
    assertThat(meter("coverage_promised", "interval")).isEqualTo(0.9);
    assertThat(meter("coverage_rows", "interval")).isEqualTo(2);
  }

  @Test
  void labelsComeByKafkaTooAndMalformedOnesAreBuried() {
    ServedModels.serve(bootstrapServers, "stream", TestModels.mlp(2, 3, 0.5));
    int right = likeliest(infer("stream", "k", "{}"));
    double unknown = counted("unknown");
    double malformed = counted("malformed");
    try (Announcer announcer = new Announcer(bootstrapServers)) {
      announcer.send(labeled("stream", "never-answered", 0));
      announcer.send(
          new ProducerRecord<>(
              Topics.LABELS, "stream", "not json".getBytes(StandardCharsets.UTF_8)));
      announcer.send(labeled("stream", "k", 3));
      announcer.send(labeled("stream", "k", right));
    }
    await().atMost(SOON).until(() -> counted("joined") >= 1 && rows("stream") == 1);
    assertThat(meter("accuracy", "stream")).isEqualTo(1);
    assertThat(counted("unknown")).isEqualTo(unknown + 1);
    assertThat(counted("malformed")).isEqualTo(malformed + 2);
    // Nobody asked for traces.
    assertThat(when().get("/q/metrics").asString()).doesNotContain("trace_id");
    try (EventTail tail = new EventTail(bootstrapServers, Topics.deadLetters(Topics.LABELS))) {
      assertThat(tail.until(letter -> reason(letter).contains("whole numbers from 0 to 2")))
          .anyMatch(letter -> reason(letter).contains("not a CloudEvent"));
    }
  }

  private static ProducerRecord<String, byte[]> labeled(String model, String id, double label) {
    return new EventCodec(URI.create("/test"))
        .encode(new PredictionLabeled(model, id, Optional.empty(), List.of(label), Instant.now()));
  }

  private static String reason(ConsumerRecord<String, byte[]> letter) {
    return new String(
        letter.headers().lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8);
  }

  private static double counted(String outcome) {
    return Meters.values("bridle_inference_labels_answers_total{", outcome)
        .findFirst()
        .orElseThrow();
  }

  private static double rows(String model) {
    return Meters.values("bridle_inference_live_rows{", model).findFirst().orElse(0);
  }

  private static JsonPath infer(String model, String id, String parameters) {
    String body =
        ("{\"id\":\"%s\",\"parameters\":%s,\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],"
                + "\"datatype\":\"FP32\",\"data\":[0.5,1]}]}")
            .formatted(id, parameters);
    return post(model + "/infer", body).statusCode(200).extract().jsonPath();
  }

  private static ValidatableResponse labels(String model, String id, double label) {
    return post(model + "/labels", "{\"id\":\"%s\",\"labels\":[%s]}".formatted(id, label));
  }

  private static int likeliest(JsonPath answer) {
    List<Float> probabilities = answer.getList("outputs[0].data", Float.class);
    return probabilities.indexOf(probabilities.stream().max(Float::compare).orElseThrow());
  }

  private static double meter(String name, String model) {
    return Meters.values("bridle_inference_live_" + name + "{", model).findFirst().orElseThrow();
  }

  private static ValidatableResponse post(String path, String body) {
    return given().body(body.getBytes(StandardCharsets.UTF_8)).post("/v2/models/" + path).then();
  }
}
