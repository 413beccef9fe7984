package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.bridle.inference.protocol.AnsweringThreads;
import dev.bridle.inference.testing.Meters;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quick requests are answered on the event loop that reads them, and as all others are. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@TestProfile(ExpressRouteTest.OneTurn.class)
class ExpressRouteTest {
  public static class OneTurn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("bridle.inference.queue.concurrency", "1");
    }
  }

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
  private static final String QUICK = "/v2/models/quick/infer";
  private static final String JSON =
      "{\"id\":\"%s\",%s\"inputs\":[{\"name\":\"input\",\"shape\":[1,%d],\"datatype\":\"FP32\","
          + "\"data\":%s}]}";

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Inject AnsweringThreads threads;

  private volatile boolean done;

  @BeforeEach
  void serve() {
    ServedModels.serve(bootstrapServers, "quick", TestModels.mlp(2, 3, 0.5));
    express(QUICK, plain("first"));
  }

  @Test
  void anAnswerIsTheSameAsOnTheGeneralWay() {
    for (String path : List.of(QUICK, "/v2/models/quick/versions/1/infer")) {
      for (String parameters : List.of("", "\"parameters\":{\"binary_data_output\":true},")) {
        String body = JSON.formatted("same", parameters, 2, "[3,4]");
        Response express = express(path, body);
        Response general = given().header("Accept", "application/*").body(body).post(path);
        assertThat(threads.isOfAnEventLoop("same")).isFalse();
        assertThat(express.statusCode()).isEqualTo(200);
        assertThat(express.asByteArray()).isEqualTo(general.asByteArray());
        assertThat(express.headers().asList())
            .usingElementComparator(
                (a, b) ->
                    (a.getName() + a.getValue()).compareToIgnoreCase(b.getName() + b.getValue()))
            .containsExactlyInAnyOrderElementsOf(general.headers().asList());
      }
    }
  }

  @Test
  void anAnswerIsMeteredAsOnTheGeneralWay() {
    AtomicReference<List<Double>> last = new AtomicReference<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              last.set(meters());
              return isOfAnEventLoop(QUICK, plain("express"));
            });
    List<Double> before = last.get();
    List<Double> between = meters();
    given().header("Accept", "application/*").body(plain("general")).post(QUICK);
    assertThat(threads.isOfAnEventLoop("general")).isFalse();
    List<Double> after = meters();
    for (int at = 0; at < before.size(); at++) {
      assertThat(between.get(at) - before.get(at)).as("meter " + at).isEqualTo(1);
      assertThat(after.get(at) - between.get(at)).as("meter " + at).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrongIsRefusedAndCountedAsOnTheGeneralWay() {
    double before = requests("refused");
    given()
        .body(JSON.formatted("wrong", "", 2, "[1]"))
        .post(QUICK)
        .then()
        .statusCode(400)
        .body("error", containsString("should hold 2 elements"));
    assertThat(requests("refused") - before).isEqualTo(1);
    given().body("{").post(QUICK).then().statusCode(400).body("error", containsString("JSON"));
    given().body(plain("nobody")).post("/v2/models/nobody/infer").then().statusCode(404);
    given().body(plain("7")).post("/v2/models/quick/versions/7/infer").then().statusCode(404);
  }

  @Test
  void whatIsSampledIsNotComputedOnAnEventLoop() {
    String body = JSON.formatted("sampled", "\"parameters\":{\"mc_samples\":2},", 2, "[1,2]");
    assertThat(isOfAnEventLoop(QUICK, body)).isFalse();
  }

  @Test
  void aSlowModelIsNotComputedOnAnEventLoop() {
    ServedModels.serve(bootstrapServers, "slow", TestModels.slow());
    for (int request = 0; request < 20; request++) {
      String body = JSON.formatted("slow-" + request, "", 1, "[" + request + "]");
      given().body(body).post("/v2/models/slow/infer").then().statusCode(200);
      assertThat(threads.isOfAnEventLoop("slow-" + request)).isFalse();
    }
  }

  @Test
  void aLongAnswerIsNotWrittenOnAnEventLoop() {
    ServedModels.serve(bootstrapServers, "long", TestModels.repeated(4097));
    for (int request = 0; request < 5; request++) {
      String body = JSON.formatted("long-" + request, "", 1, "[1]");
      given().body(body).post("/v2/models/long/infer").then().statusCode(200);
      assertThat(threads.isOfAnEventLoop("long-" + request)).isFalse();
    }
  }

  @Test
  void whereNoTurnIsFreeARequestGoesTheGeneralWay() {
    String sampled = JSON.formatted("", "\"parameters\":{\"mc_samples\":10000},", 2, "[1,2]");
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(
            () -> {
              while (!done) {
                given().body(sampled).post(QUICK).then().statusCode(200);
              }
            });
    try {
      await()
          .atMost(SOON)
          .until(() -> !isOfAnEventLoop(QUICK, plain(UUID.randomUUID().toString())));
    } finally {
      done = true;
      busy.join();
    }
  }

  @Test
  void manyAtATimeGetTheirOwnAnswers() {
    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .filter(
                    x ->
                        !given()
                            .body(plain("many-" + x))
                            .post(QUICK)
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath()
                            .getString("id")
                            .equals("many-" + x)))
        .isEmpty();
  }

  private static String plain(String id) {
    return JSON.formatted(id, "", 2, "[3,4]");
  }

  private boolean isOfAnEventLoop(String path, String body) {
    given().body(body).post(path).then().statusCode(200);
    return threads.isOfAnEventLoop(id(body));
  }

  /**
   * The answer of an event loop, as soon as the model is known to be quick, on a busy machine too.
   */
  private Response express(String path, String body) {
    AtomicReference<Response> last = new AtomicReference<>();
    await()
        .atMost(SOON)
        .until(
            () -> {
              last.set(given().body(body).post(path));
              last.get().then().statusCode(200);
              return threads.isOfAnEventLoop(id(body));
            });
    return last.get();
  }

  private static String id(String body) {
    return ID.matcher(body).results().findFirst().orElseThrow().group(1);
  }

  private static double requests(String outcome) {
    return Meters.values("bridle_inference_requests_total", "plain", outcome).sum();
  }

  private static List<Double> meters() {
    return List.of(
        requests("success"),
        Meters.values("bridle_inference_duration_seconds_count", "plain").sum(),
        Meters.values("bridle_inference_executions_total", "quick").sum(),
        Meters.values("bridle_inference_rows_total", "quick").sum(),
        Meters.values("bridle_inference_queue_duration_seconds_count", "quick").sum(),
        Meters.values("bridle_inference_compute_duration_seconds_count", "quick").sum(),
        Meters.values("http_server_requests_seconds_count", "/v2/models/{model}/infer", "200")
            .sum());
  }
}
