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
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A regression's answer tells the data's noise, the model's doubt, and an interval of both. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
class RegressionTest {
  private static final float[] WEIGHTS = {1, 2};
  private static final double NOISE = 2.25;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @BeforeEach
  void serve() {
    ServedModels.serve(
        bootstrapServers, "noisy", TestModels.linearWithResiduals(WEIGHTS, 0.5, NOISE));
    ServedModels.serve(
        bootstrapServers, "predicting", TestModels.linearWithLogVariance(WEIGHTS, 0.5));
    ServedModels.serve(bootstrapServers, "silent", TestModels.linear(WEIGHTS, 0.5));
    ServedModels.serve(bootstrapServers, "labels", TestModels.multiLabel(2, 3, 0.5));
  }

  @Test
  void theWholeVarianceIsTheNoiseAndTheDoubt() {
    Map<String, Float> y = outputs(infer("noisy", "\"mc_interval\":0.95").statusCode(200));
    assertThat(y.get("y.aleatoric_variance")).isEqualTo(2.25f);
    assertThat((double) y.get("y.total_variance"))
        .isCloseTo(y.get("y.variance") + NOISE, within(1e-5));
    double half = 1.959964 * Math.sqrt(y.get("y.total_variance"));
    assertThat((double) y.get("y.lower")).isCloseTo(y.get("y") - half, within(1e-4));
    assertThat((double) y.get("y.upper")).isCloseTo(y.get("y") + half, within(1e-4));
  }

  @Test
  void aPredictedVarianceIsAveragedOverTheSubNetworks() {
    Map<String, Float> y = outputs(infer("predicting", "\"mc_interval\":0.5").statusCode(200));
    assertThat(y.get("y.aleatoric_variance")).isEqualTo(y.get("y_variance"));
    assertThat(y.get("y.upper")).isGreaterThan(y.get("y"));
  }

  @Test
  void anIntervalNeedsNoiseThatIsKnownAndAShare() {
    infer("silent", "\"mc_interval\":0.95")
        .statusCode(400)
        .body("error", containsString("residual_variance"));
    infer("noisy", "\"mc_interval\":1")
        .statusCode(400)
        .body("error", containsString("mc_interval should be a number above 0 and below 1"));
    assertThat(outputs(infer("silent", "\"mc_seed\":1").statusCode(200)))
        .doesNotContainKeys("y.aleatoric_variance", "y.lower");
  }

  @Test
  void labelsHaveEntropiesOfTheirOwn() {
    JsonPath answer = infer("labels", "\"mc_seed\":1").statusCode(200).extract().jsonPath();
    List<String> names = answer.getList("outputs.name");
    assertThat(names)
        .contains("labels.label_mutual_information", "labels.label_expected_entropy")
        .doesNotContain("labels.mutual_information");
    assertThat(answer.getList("outputs[%d].shape".formatted(names.size() - 2)))
        .isEqualTo(List.of(1, 3));
  }

  private static Map<String, Float> outputs(ValidatableResponse answer) {
    JsonPath json = answer.extract().jsonPath();
    List<String> names = json.getList("outputs.name");
    Map<String, Float> outputs = new TreeMap<>();
    for (int at = 0; at < names.size(); at++) {
      outputs.put(names.get(at), json.getFloat("outputs[%d].data[0]".formatted(at)));
    }
    return outputs;
  }

  private static ValidatableResponse infer(String model, String parameter) {
    String body =
        ("{\"parameters\":{\"mc_samples\":200,%s},\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],"
                + "\"datatype\":\"FP32\",\"data\":[0.5,-1]}]}")
            .formatted(parameter);
    return given()
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/" + model + "/infer")
        .then();
  }
}
