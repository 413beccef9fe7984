package dev.bridle.monitor.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.bridle.events.Phase;
import dev.bridle.events.SignalIssued;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.EventType;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class LiveViewTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String brokers;

  @TestHTTPResource("/v1/events")
  URI events;

  @Inject LiveRuns runs;

  @Test
  void readsEveryTopicThatCarriesEventsOfRuns() {
    assertThat(TopicReader.TOPICS)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EventType.values())
                .filter(type -> TrainingEvent.class.isAssignableFrom(type.record()))
                .map(EventType::topic)
                .distinct()
                .toList());
  }

  @Test
  void showsWhatTheTopicsSaid() {
    Events run = Events.of("rest");
    SignalIssued stop = run.stop(1, 2, 1);
    publish(
        run.phase(1, Phase.RUNNING),
        run.attempt(1, 0),
        run.epoch(1, 1, 0.8, 0.9),
        run.epoch(1, 2, Double.NaN, Double.POSITIVE_INFINITY),
        run.gap(1, 2),
        stop,
        run.applied(stop, 2),
        run.model(1, "digits", 3, 1));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                given()
                    .get("/v1/runs/rest")
                    .then()
                    .statusCode(200)
                    .body("run", equalTo("rest"))
                    .body("phase", equalTo("RUNNING"))
                    .body("bestEpoch", equalTo(1))
                    .body("epochs", hasSize(2))
                    .body("epochs[1].metrics.trainingLoss", equalTo("NaN"))
                    .body("epochs[1].metrics.validationLoss", equalTo("Infinity"))
                    .body("decisions[0].signal.kind", equalTo("stopTraining"))
                    .body("decisions[0].answer.kind", equalTo("applied"))
                    .body("alerts[0].severity", equalTo("WARNING"))
                    .body("model.version", equalTo(3)));
    given()
        .get("/v1/runs")
        .then()
        .statusCode(200)
        .body("runs.find { it.run == 'rest' }.lastEpoch", equalTo(2));
  }

  @Test
  void pagesHearOfEveryChangeOnceTheFirstHeartbeatCame() {
    Queue<String> lines = subscribe();
    await().atMost(PATIENCE).until(() -> lines.stream().anyMatch("event:heartbeat"::equals));
    Events run = Events.of("live");

    publish(run.phase(1, Phase.RUNNING), run.epoch(1, 1, 0.8, 0.9), run.gap(1, 1));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lines)
                    .contains("event:run", "event:epoch", "event:alert")
                    .anyMatch(
                        line ->
                            line.startsWith("data:")
                                && line.contains("\"run\":\"live\"")
                                && line.contains("\"epoch\":{\"epoch\":1,")));
  }

  @Test
  void theStreamOfAClientThatFallsBehindEndsAndDoesNotBreak() throws Exception {
    HttpResponse<InputStream> slow =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofInputStream());
    try (BufferedReader stream =
        new BufferedReader(new InputStreamReader(slow.body(), StandardCharsets.UTF_8))) {
      // The head of the answer comes before the subscription, the first heartbeat after it.
      assertThat(stream.readLine()).isEqualTo("event:heartbeat");
      Events run = Events.of("too-fast");
      runs.accept(run.phase(1, Phase.RUNNING));

      for (int epoch = 1; epoch <= 50_000; epoch++) {
        runs.accept(run.epoch(1, epoch, 0.8, 0.9));
      }

      assertThat(stream.lines().filter(line -> line.startsWith("data:")))
          .anyMatch(line -> line.contains("\"epoch\":{\"epoch\":1,"))
          .noneMatch(line -> line.contains("\"epoch\":{\"epoch\":50000,"));
    }
  }

  @Test
  void aMalformedRecordIsPassedOver() {
    try (KafkaProducer<String, byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(Topics.RUNS, "broken", new byte[] {1, 2, 3}));
      producer.send(new ProducerRecord<>(Topics.RUNS, "broken", null));
    }
    publish(Events.of("after-the-broken-one").phase(1, Phase.QUEUED));

    await()
        .atMost(PATIENCE)
        .until(() -> given().get("/v1/runs/after-the-broken-one").statusCode() == 200);
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("bridle_monitor_view_skipped_records_total"));
  }

  @Test
  void noticesThatItHasReadEverything() {
    publish(Events.of("one-more").phase(1, Phase.QUEUED));

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                given()
                    .get("/q/metrics")
                    .asString()
                    .contains("bridle_monitor_view_lag_records 0.0"));
  }

  @Test
  void aLearningRunHasGaugesOfItsOwn() {
    Events run = Events.of("metered");
    publish(run.phase(1, Phase.RUNNING), run.epoch(1, 7, 0.5, 0.75));

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                given()
                    .get("/q/metrics")
                    .asString()
                    .contains(
                        "bridle_run_epoch{experiment=\"demo\",name=\"metered-name\","
                            + "run=\"metered\"} 7.0"));
  }

  @Test
  void anUnknownRunIsAProblemThatNamesIt() {
    Response response = given().get("/v1/runs/nobody");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.jsonPath().getString("detail")).contains("nobody");
  }

  @Test
  void aMalformedRunIdIsAProblemThatNamesTheField() {
    Response response = given().get("/v1/runs/{run}", "<b>No Run</b>");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.jsonPath().getString("errors[0].field")).isEqualTo("run");
  }

  @Test
  void thePageAndItsPlotsComeFromThisService() {
    given().get("/").then().statusCode(200).body(containsString("Bridle"));
    for (String file : List.of("uPlot.esm.js", "uPlot.min.css")) {
      given().get("/webjars/uplot/1.6.30/dist/" + file).then().statusCode(200);
    }
  }

  private Queue<String> subscribe() {
    Queue<String> lines = new ConcurrentLinkedQueue<>();
    HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(events).build(), HttpResponse.BodyHandlers.ofLines())
        .thenAcceptAsync(response -> response.body().forEach(lines::add));
    return lines;
  }

  private void publish(TrainingEvent... said) {
    EventCodec codec = new EventCodec(URI.create("/bridle/test"));
    try (KafkaProducer<String, byte[]> producer = producer()) {
      Stream.of(said).map(codec::encode).forEach(producer::send);
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer());
  }
}
