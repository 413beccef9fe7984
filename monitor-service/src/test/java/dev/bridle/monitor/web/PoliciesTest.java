package dev.bridle.monitor.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.bridle.events.Phase;
import dev.bridle.events.TrainingEvent;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies said over REST, in force on runs that go on. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class PoliciesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PATIENCE_3 =
      "{\"combine\": \"any\", \"rules\": [{\"rule\": \"patience\", \"patience\": 3}]}";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @BeforeEach
  @AfterEach
  void noStandingPolicy() {
    await().atMost(PATIENCE).until(() -> given().get("/v1/policies").statusCode() == 200);
    given().delete("/v1/policies/default").then().statusCode(204);
    given().delete("/v1/policies/experiments/demo").then().statusCode(204);
    await()
        .atMost(PATIENCE)
        .until(() -> given().get("/v1/policies").jsonPath().getList("policies").size() == 1);
  }

  @Test
  void aRunsPolicyChangesWhileItGoesOn() {
    Events run = Events.of("changing");
    publish(run.phase(1, Phase.RUNNING), run.attempt(1, 0));
    for (int epoch = 1; epoch <= 6; epoch++) {
      publish(run.epoch(1, epoch, 0.1, 1));
    }
    await().atMost(PATIENCE).until(() -> policyOf("changing").equals("DEFAULT/1"));

    put("/v1/runs/changing/policy", PATIENCE_3).then().statusCode(202);
    await().atMost(PATIENCE).until(() -> policyOf("changing").equals("OPERATOR/7"));
    assertThat(given().get("/v1/runs/changing").jsonPath().getList("decisions")).isEmpty();
    publish(run.epoch(1, 7, 0.1, 1));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get("/v1/runs/changing")
                    .then()
                    .body("decisions.id", hasItem("changing/1/7/patience")));
  }

  @Test
  void anExperimentsPolicyReachesItsRunsThatGoOnAndThoseThatStart() {
    Events before = Events.of("on-the-way");
    Events after = Events.of("started-later");
    publish(before.phase(1, Phase.RUNNING), before.attempt(1, 0), before.epoch(1, 1, 1, 1));
    await().atMost(PATIENCE).until(() -> policyOf("on-the-way").equals("DEFAULT/1"));

    put("/v1/policies/experiments/demo", PATIENCE_3)
        .then()
        .statusCode(200)
        .body("origin", equalTo("EXPERIMENT"))
        .body("experiment", equalTo("demo"));

    await().atMost(PATIENCE).until(() -> policyOf("on-the-way").equals("EXPERIMENT/2"));
    publish(after.phase(1, Phase.RUNNING), after.attempt(1, 0));
    await().atMost(PATIENCE).until(() -> policyOf("started-later").equals("EXPERIMENT/1"));
    given()
        .get("/v1/policies/experiments/demo")
        .then()
        .body("policy.rules[0].patience", equalTo(3));
    given().get("/v1/policies/experiments/other").then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"rules\": [{\"rule\": \"patience\", \"wait\": 3}]} | policy.rules[0].wait | is no setting",
        "{\"rules\": [{\"rule\": \"paitence\"}]} | policy.rules[0].rule | is no rule: was 'paitence'",
        "{\"rules\": [{\"rule\": \"patience\", \"patience\": -1}]} | policy.rules[0].patience | should be",
        "{\"rules\": [{\"patience\": 3}]} | policy.rules[0].rule | is required",
        "{\"rules\": []} | policy.rules | should not be empty",
        "{\"combined\": \"all\", \"rules\": [{\"rule\": \"patience\"}]} | combined | is no field here",
        "{\"combine\": \"most\", \"rules\": [{\"rule\": \"patience\"}]} | policy.combine | should be one of",
        "{\"warmUp\": \"long\", \"rules\": [{\"rule\": \"patience\"}]} | warmUp | cannot be read",
        "{\"rules\": | body | is no JSON",
        "null | body | should be a JSON object",
      })
  void aPolicyThatCannotBeIsRefusedWithItsFullKey(String body, String field, String message) {
    put("/v1/policies/default", body)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].field", equalTo(field))
        .body("errors[0].message", startsWith(field + " " + message));
  }

  @Test
  void aReplayTellsWhatAPolicyWouldHaveSavedAndMissed() {
    Events run = Events.of("replayed");
    publish(run.phase(1, Phase.RUNNING), run.attempt(1, 0));
    for (int epoch = 1; epoch <= 12; epoch++) {
      publish(run.epoch(1, epoch, 0.1, epoch == 12 ? 0.25 : Math.abs(epoch - 3) + 0.5));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> given().get("/v1/runs/replayed").jsonPath().getInt("lastEpoch") == 12);
    String request = "{\"policy\": %s, \"runs\": [\"replayed\"]}".formatted(PATIENCE_3);

    Response first = post("application/json", request);

    first
        .then()
        .statusCode(200)
        .body("runs[0].stopEpoch", equalTo(6))
        .body("runs[0].epochsSaved", equalTo(6))
        .body("runs[0].bestEpoch", equalTo(12))
        .body("runs[0].bestMissed", equalTo(true))
        .body("runs[0].regret", equalTo(0.25f))
        .body("stopped", equalTo(1));
    assertThat(post("application/json", request).asString()).isEqualTo(first.asString());
    assertThat(post("text/plain", request).asString().lines())
        .hasSize(3)
        .element(1)
        .asString()
        .contains("replayed", "yes", "0.25");
  }

  @Test
  void aReplayOfARunThatNobodyKnowsOrByAnUnknownRuleIsRefused() {
    post("application/json", "{\"policy\": %s, \"runs\": [\"nobody\"]}".formatted(PATIENCE_3))
        .then()
        .statusCode(404);
    post("application/json", "{\"policy\": {\"rules\": [{\"rule\": \"luck\"}]}}")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("policy.rules[0].rule"));
    post("application/json", "{}")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("policy"));
  }

  private void publish(TrainingEvent... said) {
    Publisher.publish(brokers, said);
  }

  private static String policyOf(String run) {
    var view = given().get("/v1/runs/" + run).jsonPath();
    return view.getString("policy.origin") + "/" + view.getString("policy.fromEpoch");
  }

  private static Response put(String path, String body) {
    return given().contentType("application/json").body(body).put(path);
  }

  private static Response post(String accept, String body) {
    return given().contentType("application/json").accept(accept).body(body).post("/v1/replay");
  }
}
