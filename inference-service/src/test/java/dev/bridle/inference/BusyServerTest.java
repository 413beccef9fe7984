package dev.bridle.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.inference.testing.Announcer;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** One request computes, none may wait. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@TestProfile(BusyServerTest.OneAtATime.class)
class BusyServerTest {
  public static class OneAtATime implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "bridle.inference.queue.concurrency", "1", "bridle.inference.queue.capacity", "0");
    }
  }

  private static final String SLOW =
      "{\"parameters\":{\"mc_samples\":10000},\"inputs\":[{\"name\":\"input\",\"shape\":[1,2],"
          + "\"datatype\":\"FP32\",\"data\":[1,2]}]}";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void whoeverFindsTheQueueFullIsToldToComeAgain() {
    try (Announcer announcer = new Announcer(bootstrapServers)) {
      byte[] onnx = TestModels.mlp(2, 3, 0.5);
      ModelServer.offer("busy/1.onnx", onnx);
      announcer.announce("busy", 1, ModelServer.uri("busy/1.onnx"), onnx);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> RestAssured.get("/v2/models/busy/ready").statusCode() == 200);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              List<Response> answers =
                  IntStream.range(0, 8).parallel().mapToObj(caller -> infer()).toList();
              assertThat(answers)
                  .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(200, 503));
              return answers.stream().anyMatch(BusyServerTest::isRefusedForNow);
            });
    assertThat(RestAssured.get("/q/metrics").asString())
        .containsPattern("bridle_inference_requests_total\\{.*outcome=\"busy\"");
  }

  private static boolean isRefusedForNow(Response answer) {
    if (answer.statusCode() == 200) {
      return false;
    }
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.jsonPath().getString("error")).contains("at most 0 requests");
    return true;
  }

  private static Response infer() {
    return RestAssured.given().body(SLOW).post("/v2/models/busy/infer");
  }
}
