package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;

import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever needs more than moments is answered with the samples themselves. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
class SamplesTest {
  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @BeforeEach
  void serve() {
    ServedModels.serve(bootstrapServers, "sampled", TestModels.linear(new float[] {1, 2}, 0.5));
  }

  @Test
  void theMomentsAreThoseOfTheSamplesRowByRow() {
    JsonPath answer =
        infer("\"mc_samples\":300,\"mc_seed\":5", "y,y.samples,y.variance")
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(answer.getList("outputs.name")).containsExactly("y", "y.samples", "y.variance");
    assertThat(answer.getList("outputs[1].shape")).isEqualTo(List.of(300, 2, 1));
    List<Float> samples = answer.getList("outputs[1].data", Float.class);
    for (int row = 0; row < 2; row++) {
      double sum = 0;
      double squares = 0;
      for (int at = row; at < samples.size(); at += 2) {
        sum += samples.get(at);
        squares += samples.get(at) * samples.get(at);
      }
      double mean = sum / 300;
      assertThat((double) answer.getFloat("outputs[0].data[%d]".formatted(row)))
          .isCloseTo(mean, within(1e-4));
      assertThat((double) answer.getFloat("outputs[2].data[%d]".formatted(row)))
          .isCloseTo((squares - 300 * mean * mean) / 299, within(1e-2));
    }
    // Each sub-network adds 2 x 0.5 x 1 or nothing, and 2 x -1 x 2 or nothing.
    assertThat(IntStream.range(0, 300).mapToObj(sample -> samples.get(2 * sample)).distinct())
        .containsExactlyInAnyOrder(0f, 1f, -4f, -3f);
  }

  @Test
  void nobodyIsAnsweredWithThemWhoDidNotNameThem() {
    String body = body("\"mc_samples\":20", "");
    assertThat(post(body).statusCode(200).extract().jsonPath().<String>getList("outputs.name"))
        .contains("y.variance")
        .doesNotContain("y.samples");
  }

  @Test
  void whatWouldLeaveThemUnevenOrTooManyIsRefused() {
    infer("\"mc_samples\":20,\"mc_target_se\":0.1", "y.samples")
        .statusCode(400)
        .body("error", containsString("as many samples of each row"));
    infer("\"mc_samples\":20,\"mc_deadline_ms\":100", "y.samples")
        .statusCode(400)
        .body("error", containsString("as many samples of each row"));
    infer("\"mc_samples\":20,\"mc_method\":\"analytic_last_layer\"", "y.samples")
        .statusCode(400)
        .body("error", containsString("draws sub-networks"));
    infer("\"mc_samples\":0", "y.samples").statusCode(400);
    infer("\"mc_samples\":20", "z.samples").statusCode(400);
    int rows = 1700;
    String many =
        "{\"parameters\":{\"mc_samples\":10000},\"outputs\":[{\"name\":\"y.samples\"}],"
            + "\"inputs\":[{\"name\":\"input\",\"shape\":[%d,2],\"datatype\":\"FP32\",\"data\":[1%s]}]}"
                .formatted(rows, ",1".repeat(2 * rows - 1));
    post(many).statusCode(400).body("error", containsString("at most 16777216 numbers"));
  }

  private static ValidatableResponse infer(String parameters, String outputs) {
    String names = "{\"name\":\"" + outputs.replace(",", "\"},{\"name\":\"") + "\"}";
    return post(body(parameters, "\"outputs\":[" + names + "],"));
  }

  private static String body(String parameters, String outputs) {
    return ("{\"parameters\":{%s},%s\"inputs\":[{\"name\":\"input\",\"shape\":[2,2],"
            + "\"datatype\":\"FP32\",\"data\":[0.5,-1,3,1]}]}")
        .formatted(parameters, outputs);
  }

  private static ValidatableResponse post(String body) {
    return given()
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/sampled/infer")
        .then();
  }
}
