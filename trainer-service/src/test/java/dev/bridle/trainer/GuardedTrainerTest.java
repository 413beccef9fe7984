package dev.bridle.trainer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.guard.EndpointRoles;
import dev.bridle.guard.Role;
import dev.bridle.guard.TestKeys;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what at a trainer that has keys. */
@Tag("service")
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(WorkFolder.class)
@QuarkusTestResource(value = TestKeys.class, restrictToAnnotatedClass = true)
class GuardedTrainerTest {
  @Test
  void everyEndpointHasItsRole() {
    assertThat(EndpointRoles.in("dev.bridle.trainer"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("GET /v1/runs", Role.VIEWER),
                Map.entry("POST /v1/runs", Role.SUBMITTER),
                Map.entry("GET /v1/runs/{run}", Role.VIEWER),
                Map.entry("POST /v1/runs/{run}/cancel", Role.OPERATOR),
                Map.entry("POST /v1/runs/{run}/pause", Role.OPERATOR),
                Map.entry("POST /v1/runs/{run}/resume", Role.OPERATOR),
                Map.entry("POST /v1/runs/{run}/clone", Role.SUBMITTER),
                Map.entry("POST /v1/runs/{run}/branch", Role.SUBMITTER),
                Map.entry("GET /v1/runs/{run}/metrics", Role.VIEWER),
                Map.entry("GET /v1/runs/{run}/artifacts/{name}", Role.VIEWER),
                Map.entry("GET /v1/schemas/run", Role.VIEWER),
                Map.entry("GET /v1/studies", Role.VIEWER),
                Map.entry("POST /v1/studies", Role.SUBMITTER),
                Map.entry("GET /v1/studies/{study}", Role.VIEWER),
                Map.entry("GET /v1/studies/{study}/plot.svg", Role.VIEWER),
                Map.entry("POST /v1/studies/{study}/cancel", Role.OPERATOR)));
  }

  @Test
  void withoutAKeyOnlyProbesAreAnswered() {
    given().get("/v1/runs").then().statusCode(401);
    given().contentType(ContentType.JSON).body("{}").post("/v1/runs").then().statusCode(401);
    given().get("/q/metrics").then().statusCode(401);
    given().get("/q/openapi").then().statusCode(401);
    given().get("/q/health/live").then().statusCode(200);
  }

  @Test
  void aKeyDoesWhatItsRoleSaysAlone() {
    assertThat(submit(Role.VIEWER)).isEqualTo(403);
    assertThat(submit(Role.OPERATOR)).isEqualTo(403);
    assertThat(submit(Role.SUBMITTER)).as("read, and found wrong").isEqualTo(400);
    assertThat(cancel(Role.SUBMITTER)).isEqualTo(403);
    assertThat(cancel(Role.OPERATOR)).as("looked for").isEqualTo(404);
    as(Role.VIEWER).get("/v1/runs").then().statusCode(200);
    as(Role.VIEWER).get("/q/metrics").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/runs/..%2F..%2F/artifacts/passwd",
        "/v1/runs/a/artifacts/..%2F..%2Fetc%2Fpasswd",
        "/v1/runs/a/artifacts/%2e%2e",
        "/v1/runs/%00/artifacts/model.onnx",
      })
  void noNameLeadsOutOfTheRunsFolder(String path) {
    int status = as(Role.VIEWER).urlEncodingEnabled(false).get(path).statusCode();
    assertThat(status).isIn(400, 404);
  }

  /** By a plain client, for REST Assured would lay such a body out for reading. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nestingAndNumbersWithoutEndAreRefusedAsInput(boolean nested) throws Exception {
    String bomb =
        nested
            ? "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000)
            : "{\"run\": " + "9".repeat(100_000) + "}";
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/runs"))
            .header("Authorization", "Bearer " + TestKeys.of(Role.SUBMITTER))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(bomb))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).hasSizeLessThan(1000);
  }

  private static int submit(String role) {
    return as(role).contentType(ContentType.JSON).body("{}").post("/v1/runs").statusCode();
  }

  private static int cancel(String role) {
    return as(role).post("/v1/runs/absent/cancel").statusCode();
  }

  private static RequestSpecification as(String role) {
    return given().header("Authorization", "Bearer " + TestKeys.of(role));
  }
}
