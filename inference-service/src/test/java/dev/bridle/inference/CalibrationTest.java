package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.bridle.inference.testing.Announcer;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Labeled rows make temperatures, sets and intervals, until the model changes. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
class CalibrationTest {
  private static final int ROWS = 19;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void classesGetSetsAndTemperedProbabilities() {
    ServedModels.serve(bootstrapServers, "classes", TestModels.mlp(2, 3, 0.5));
    infer("classes", "\"conformal_alpha\":0.1")
        .statusCode(400)
        .body("error", containsString("/v2/models/classes/calibrate"));
    JsonPath kept = calibrate("classes", i -> i % 3).statusCode(200).extract().jsonPath();
    assertThat(kept.getInt("rows")).isEqualTo(ROWS);
    assertThat(kept.getDouble("least_conformal_alpha")).isCloseTo(0.05, within(1e-6));
    assertThat(kept.getDouble("plain.nll_scaled")).isLessThanOrEqualTo(kept.getDouble("plain.nll"));
    assertThat(kept.getDouble("mc_dropout.temperature")).isPositive();
    for (String how : List.of("", "\"mc_samples\":50,", "\"conformal_score\":\"aps\",")) {
      JsonPath answer =
          infer("classes", how + "\"conformal_alpha\":0.1,\"temperature_scaling\":true")
              .statusCode(200)
              .extract()
              .jsonPath();
      assertThat(answer.getList("outputs.name", String.class))
          .contains("probabilities.conformal_set", "probabilities.calibrated");
      int set = answer.getList("outputs.name").indexOf("probabilities.conformal_set");
      assertThat(answer.getString("outputs[%d].datatype".formatted(set))).isEqualTo("BOOL");
      assertThat(answer.getList("outputs[%d].shape".formatted(set))).isEqualTo(List.of(1, 3));
    }
    infer("classes", "\"conformal_alpha\":0.04")
        .statusCode(400)
        .body("error", containsString("at least 0.05"));
    infer("classes", "\"conformal_alpha\":1.5")
        .statusCode(400)
        .body("error", containsString("below 1"));
  }

  @Test
  void numbersGetIntervalsOfTheirResiduals() {
    ServedModels.serve(bootstrapServers, "numbers", TestModels.linear(new float[] {1, 2}, 0.5));
    // The plain answer to row i is 3 i, so residuals are 1 to 19.
    calibrate("numbers", i -> 3 * i + i + 1).statusCode(200);
    JsonPath answer =
        infer("numbers", "\"conformal_alpha\":0.1").statusCode(200).extract().jsonPath();
    assertThat(answer.getList("outputs.name", String.class))
        .containsExactly("y", "y.conformal_lower", "y.conformal_upper");
    float y = answer.getFloat("outputs[0].data[0]");
    assertThat(answer.getFloat("outputs[1].data[0]")).isEqualTo(y - 18);
    assertThat(answer.getFloat("outputs[2].data[0]")).isEqualTo(y + 18);
  }

  @Test
  void aCalibrationOutlivesAReloadAndIsForgottenWithItsModel() {
    ServedModels.serve(bootstrapServers, "changing", TestModels.linear(new float[] {1, 2}, 0.5));
    calibrate("changing", i -> i).statusCode(200);
    RestAssured.post("/v2/repository/models/changing/load").then().statusCode(200);
    infer("changing", "\"conformal_alpha\":0.1").statusCode(200);
    byte[] other = TestModels.linear(new float[] {5, 5}, 0.5);
    ModelServer.offer("changing/1b.onnx", other);
    try (Announcer announcer = new Announcer(bootstrapServers)) {
      announcer.announce("changing", 1, ModelServer.uri("changing/1b.onnx"), other);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                infer("changing", "\"conformal_alpha\":0.1")
                    .statusCode(400)
                    .body("error", containsString(Announcer.sha256(other))));
  }

  @Test
  void labelsThatDontFitAreRefused() {
    ServedModels.serve(bootstrapServers, "strict", TestModels.mlp(2, 3, 0.5));
    calibrate("strict", i -> i)
        .statusCode(400)
        .body("error", containsString("whole numbers from 0 to 2"));
  }

  private static ValidatableResponse calibrate(
      String model, java.util.function.IntUnaryOperator label) {
    String data =
        IntStream.range(0, ROWS).mapToObj(i -> i + "," + i).collect(Collectors.joining(","));
    String labels =
        IntStream.range(0, ROWS)
            .mapToObj(i -> Integer.toString(label.applyAsInt(i)))
            .collect(Collectors.joining(","));
    return post(
        model + "/calibrate",
        ("{\"labels\":[%s],\"parameters\":{\"mc_samples\":20,\"mc_seed\":1},\"inputs\":[{\"name\":"
                + "\"input\",\"shape\":[%d,2],\"datatype\":\"FP32\",\"data\":[%s]}]}")
            .formatted(labels, ROWS, data));
  }

  private static ValidatableResponse infer(String model, String parameters) {
    return post(
        model + "/infer",
        ("{\"parameters\":{%s},\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],"
                + "\"datatype\":\"FP32\",\"data\":[0.5,1]}]}")
            .formatted(parameters));
  }

  private static ValidatableResponse post(String path, String body) {
    return given().body(body.getBytes(StandardCharsets.UTF_8)).post("/v2/models/" + path).then();
  }
}
