package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.inference.testing.Announcer;
import dev.bridle.inference.testing.ModelFiles;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Whatever is announced, what is served stays served. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@TestProfile(HostileServerTest.SmallModelsAlone.class)
class HostileServerTest {
  public static class SmallModelsAlone implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("bridle.inference.max-model-bytes", "20000");
    }
  }

  private static final String REQUEST =
      "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}],"
          + "\"parameters\":{\"mc_samples\":10}}";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void theServerLivesOn() {
    ServedModels.serve(bootstrapServers, "steady", TestModels.mlp(2, 3, 0.5));
    List<String> hostile = ModelFiles.hostile();
    try (Announcer announcer = new Announcer(bootstrapServers)) {
      hostile.forEach(name -> announce(announcer, name, ModelFiles.bytes(name)));
      byte[] whole = ModelFiles.bytes("torch-mlp-training-17");
      announce(announcer, "corrupt", Arrays.copyOf(whole, whole.length / 2));
      announce(announcer, "large", TestModels.mlp(500, 3, 0.5));
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              String health = when().get("/q/health/ready").asString();
              assertThat(health).contains(hostile).contains("corrupt", "another file");
              assertThat(health).contains("sizeBytes should be at most 20000: was");
            });
    for (String name : hostile) {
      when().get("/v2/models/" + name).then().statusCode(404);
    }
    assertThat(answers("steady")).isEqualTo(200);
    assertThat(when().get("/q/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aNameThatIsAPathIsNoModel() {
    for (String name : List.of("..%2F..%2Fetc", "%2Fetc%2Fpasswd", "..", "a%00b")) {
      assertThat(answers(name)).as(name).isBetween(400, 499);
      String load = "/v2/repository/models/" + name + "/load";
      assertThat(given().urlEncodingEnabled(false).post(load).statusCode())
          .as(name)
          .isBetween(400, 499);
    }
  }

  private static int answers(String model) {
    return given()
        .urlEncodingEnabled(false)
        .body(REQUEST.getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/" + model + "/infer")
        .statusCode();
  }

  private static void announce(Announcer announcer, String name, byte[] onnx) {
    String path = name + "/1.onnx";
    ModelServer.offer(path, onnx);
    announcer.announce(name, 1, ModelServer.uri(path), onnx);
  }
}
