package dev.bridle.monitor.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.bridle.events.Phase;
import dev.bridle.events.TrainingEvent;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people ask of the monitor: which runs, which rules, and to stop one. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class RunsControlTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @Test
  void aStopByHandIsASignalThatIsAskedOnce() {
    Events run = Events.of("by-hand");
    publish(run.phase(1, Phase.RUNNING), run.epoch(1, 1, 0.8, 0.9), run.epoch(1, 2, 0.7, 0.8));
    await().atMost(PATIENCE).until(() -> lastEpoch("by-hand") == 2);

    given()
        .post("/v1/runs/by-hand/stop")
        .then()
        .statusCode(202)
        .body("id", equalTo("by-hand/1/2/manual"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get("/v1/runs/by-hand")
                    .then()
                    .body("decisions", hasSize(1))
                    .body("decisions[0].rule", equalTo("manual"))
                    .body("decisions[0].signal.bestEpoch", equalTo(2)));

    publish(run.epoch(1, 3, 0.6, 0.7));
    await().atMost(PATIENCE).until(() -> lastEpoch("by-hand") == 3);
    given()
        .post("/v1/runs/by-hand/stop")
        .then()
        .statusCode(200)
        .body("id", equalTo("by-hand/1/2/manual"));
  }

  @Test
  void aRunThatHasEndedOrIsUnknownCannotBeStopped() {
    publish(Events.of("ended").phase(1, Phase.SUCCEEDED));
    await().atMost(PATIENCE).until(() -> given().get("/v1/runs/ended").statusCode() == 200);

    given()
        .post("/v1/runs/ended/stop")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("detail", equalTo("run 'ended' has ended: its phase is SUCCEEDED"));
    given().post("/v1/runs/nobody/stop").then().statusCode(404);
  }

  @Test
  void withoutKafkaAStopIsRefusedRatherThanLost() {
    publish(Events.of("cut-off").phase(1, Phase.RUNNING));
    await().atMost(PATIENCE).until(() -> given().get("/v1/runs/cut-off").statusCode() == 200);

    BrokerResource.outage(
        () ->
            given()
                .post("/v1/runs/cut-off/stop")
                .then()
                .statusCode(503)
                .contentType("application/problem+json"));
  }

  @Test
  void runsAreFoundByExperimentPhaseAndOpenAlert() {
    Events overfitting = Events.of("found-overfitting");
    Events queued = Events.of("found-queued");
    publish(
        overfitting.phase(1, Phase.RUNNING),
        overfitting.epoch(1, 1, 0.8, 0.9),
        overfitting.gap(1, 1),
        queued.phase(1, Phase.QUEUED));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .queryParam("alert", "generalizationGap")
                    .get("/v1/runs")
                    .then()
                    .body("runs.run", hasItems("found-overfitting")));

    given().get("/v1/runs?phase=queued").then().body("runs.run", hasItems("found-queued"));
    given().get("/v1/runs?experiment=no-such").then().body("total", equalTo(0));
    given().get("/v1/runs?limit=1&offset=1").then().body("runs", hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | limit should be a whole number between 1 and 10000: was 0",
        "limit=many | limit should be a whole number between 1 and 10000: was many",
        "offset=-1 | offset should be a whole number between 0 and 2147483647: was -1",
      })
  void aPageOutOfItsLimitsIsRefused(String query, String message) {
    given()
        .get("/v1/runs?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].message", equalTo(message));
  }

  @Test
  void anUnknownPhaseIsRefusedWithThoseThatThereAre() {
    assertThat(given().get("/v1/runs?phase=asleep").jsonPath().getString("detail"))
        .startsWith("phase should be one of [QUEUED, ")
        .endsWith("was asleep");
  }

  @Test
  void everyRuleIsListedWithItsSettings() {
    given()
        .get("/v1/rules")
        .then()
        .statusCode(200)
        .body("rules.rule", hasItems("patience", "generalizationGap"))
        .body("rules.find { it.rule == 'patience' }.stops", equalTo(true))
        .body(
            "rules.find { it.rule == 'generalizationGap' }"
                + ".settings.find { it.name == 'minGap' }.defaultValue",
            equalTo(0.2f));
  }

  private static int lastEpoch(String run) {
    var answer = given().get("/v1/runs/" + run);
    return answer.statusCode() == 200 ? answer.jsonPath().getInt("lastEpoch") : -1;
  }

  private void publish(TrainingEvent... said) {
    Publisher.publish(brokers, said);
  }
}
