package dev.bridle.monitor.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.guard.EndpointRoles;
import dev.bridle.guard.Role;
import dev.bridle.guard.TestKeys;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may do what at a monitor that has keys. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(value = TestKeys.class, restrictToAnnotatedClass = true)
class GuardedMonitorTest {
  @Test
  void everyEndpointHasItsRole() {
    assertThat(EndpointRoles.in("dev.bridle.monitor"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("GET /v1/events", Role.VIEWER),
                Map.entry("GET /v1/runs", Role.VIEWER),
                Map.entry("GET /v1/runs/{run}", Role.VIEWER),
                Map.entry("GET /v1/runs/{run}/curve", Role.VIEWER),
                Map.entry("POST /v1/runs/{run}/stop", Role.OPERATOR),
                Map.entry("PUT /v1/runs/{run}/policy", Role.OPERATOR),
                Map.entry("GET /v1/rules", Role.VIEWER),
                Map.entry("POST /v1/replay", Role.VIEWER),
                Map.entry("GET /v1/policies", Role.VIEWER),
                Map.entry("GET /v1/policies/default", Role.VIEWER),
                Map.entry("PUT /v1/policies/default", Role.OPERATOR),
                Map.entry("DELETE /v1/policies/default", Role.OPERATOR),
                Map.entry("GET /v1/policies/experiments/{experiment}", Role.VIEWER),
                Map.entry("PUT /v1/policies/experiments/{experiment}", Role.OPERATOR),
                Map.entry("DELETE /v1/policies/experiments/{experiment}", Role.OPERATOR)));
  }

  @Test
  void withoutAKeyOnlyProbesAreAnswered() {
    for (String path : new String[] {"/", "/js/main.js", "/v1/runs", "/v1/events", "/q/metrics"}) {
      given().get(path).then().statusCode(401);
    }
    given().post("/v1/runs/absent/stop").then().statusCode(401);
    given().get("/q/health/live").then().statusCode(200);
  }

  @Test
  void aKeyDoesWhatItsRoleSaysAlone() {
    as(Role.VIEWER).get("/").then().statusCode(200);
    as(Role.VIEWER).get("/v1/runs").then().statusCode(200);
    as(Role.VIEWER).post("/v1/runs/absent/stop").then().statusCode(403);
    as(Role.SUBMITTER).post("/v1/runs/absent/stop").then().statusCode(403);
    as(Role.OPERATOR).post("/v1/runs/absent/stop").then().statusCode(404);
    as(Role.VIEWER)
        .contentType(ContentType.JSON)
        .body("{}")
        .put("/v1/policies/default")
        .then()
        .statusCode(403);
  }

  private static RequestSpecification as(String role) {
    return given().header("Authorization", "Bearer " + TestKeys.of(role));
  }
}
