package dev.bridle.monitor.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.Phase;
import dev.bridle.events.RunChanged;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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
        "after=page2 | after should be the next of an earlier page: was page2",
        "experiment= | experiment should not be blank: was ''",
        "fase=running | fase is no parameter: there are"
            + " [after, alert, experiment, limit, offset, phase]",
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
  void pagesThatFollowTheCursorNeitherRepeatNorMissARun() {
    Events first = Events.of("paged-1");
    publish(
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> new Events(new RunId("paged-" + i), "paged", 5, first.start()))
            .map(run -> inExperiment(run, "paging"))
            .toArray(TrainingEvent[]::new));
    await().atMost(PATIENCE).until(() -> page("").getInt("total") == 5);

    JsonPath newest = page("&limit=2");
    publish(
        inExperiment(
            new Events(new RunId("paged-6"), "newer", 5, first.start().plusSeconds(60)), "paging"));
    await().atMost(PATIENCE).until(() -> page("").getInt("total") == 6);
    JsonPath second = page("&limit=2&after=" + newest.getString("next"));
    JsonPath last = page("&limit=2&after=" + second.getString("next"));

    assertThat(newest.getList("runs.run")).isEqualTo(List.of("paged-1", "paged-2"));
    assertThat(second.getList("runs.run")).isEqualTo(List.of("paged-3", "paged-4"));
    assertThat(last.getList("runs.run")).isEqualTo(List.of("paged-5"));
    assertThat(last.getString("next")).isNull();
  }

  private static JsonPath page(String more) {
    return given().get("/v1/runs?experiment=paging" + more).jsonPath();
  }

  private static RunChanged inExperiment(Events run, String experiment) {
    RunChanged queued = run.phase(1, Phase.QUEUED);
    return new RunChanged(
        queued.run(),
        1,
        queued.name(),
        experiment,
        Phase.QUEUED,
        queued.plannedEpochs(),
        queued.bestEpoch(),
        queued.reason(),
        queued.time());
  }

  @Test
  void everyOperationOnRunsIsDocumentedWithExamplesThatAreJson() throws IOException {
    JsonNode paths =
        new ObjectMapper()
            .readTree(given().get("/q/openapi?format=json").asByteArray())
            .get("paths");

    for (String operation :
        List.of("/v1/runs/get", "/v1/runs/{run}/get", "/v1/runs/{run}/stop/post")) {
      JsonNode described =
          paths
              .get(operation.substring(0, operation.lastIndexOf('/')))
              .get(operation.substring(operation.lastIndexOf('/') + 1));
      assertThat(described.get("summary").asText()).isNotBlank();
      JsonNode examples =
          described.get("responses").get("200").findValue("examples").elements().next();
      JsonNode example = examples.get("value");
      JsonNode read = example.isTextual() ? new ObjectMapper().readTree(example.asText()) : example;
      assertThat(read.isObject()).as(operation).isTrue();
    }
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
            equalTo(0.2f))
        .body("action.name", hasItems("kind", "factor", "technique"));
  }

  private static int lastEpoch(String run) {
    var answer = given().get("/v1/runs/" + run);
    return answer.statusCode() == 200 ? answer.jsonPath().getInt("lastEpoch") : -1;
  }

  private void publish(TrainingEvent... said) {
    Publisher.publish(brokers, said);
  }
}
