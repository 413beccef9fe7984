package dev.bridle.trainer;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service with the queue that trainers share. */
@Tag("service")
@QuarkusTest
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = WorkFolder.class, restrictToAnnotatedClass = true)
@TestProfile(SharedQueueServiceTest.Shared.class)
class SharedQueueServiceTest {
  /** What one sets to share the work. */
  public static final class Shared implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("bridle.trainer.queue", "kafka", "bridle.trainer.lease", "3s");
    }
  }

  @Test
  void aSubmittedRunIsTrained() {
    String run = submitted(3).then().statusCode(201).extract().path("run");
    awaitPhase(run, "SUCCEEDED");
    given().get("/v1/runs/" + run + "/artifacts/model.onnx").then().statusCode(200);
  }

  @Test
  void withoutKafkaTrainingGoesOnAndNothingNewIsAccepted() {
    String run = submitted(5000).then().statusCode(201).extract().path("run");
    awaitEpoch(run, 2);
    BrokerResource.outage(
        () -> {
          submitted(3)
              .then()
              .statusCode(503)
              .contentType("application/problem+json")
              .body("detail", containsString("the queue in Kafka does not answer"));
          awaitEpoch(run, epoch(run) + 20);
        });
    given().post("/v1/runs/" + run + "/cancel").then().statusCode(200);
    awaitPhase(run, "CANCELLED");
    given().get("/v1/runs/" + run).then().body("attempt", equalTo(1));
  }

  private static void awaitPhase(String run, String phase) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/v1/runs/" + run).path("phase"), phase::equals);
  }

  private static void awaitEpoch(String run, int epoch) {
    await().atMost(Duration.ofSeconds(60)).until(() -> epoch(run) >= epoch);
  }

  private static int epoch(String run) {
    return given().get("/v1/runs/" + run).then().extract().path("lastEpoch");
  }

  private static Response submitted(int epochs) {
    return given()
        .contentType("application/json")
        .body(
            """
            {"name": "shared", "seed": 7, "data": {"uri": "digits.csv"},
             "model": {"kind": "mlp", "hidden": [16]}, "training": {"epochs": %d}}
            """
                .formatted(epochs))
        .post("/v1/runs");
  }
}
