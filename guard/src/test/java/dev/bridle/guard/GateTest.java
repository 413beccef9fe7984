package dev.bridle.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every request passes, besides its caller's rights. */
@QuarkusTest
@QuarkusTestResource(Issuer.class)
class GateTest {
  private final Logger category = Logger.getLogger(AuditLog.CATEGORY);
  private final Lines lines = new Lines();

  @BeforeEach
  void listen() {
    category.addHandler(lines);
  }

  @AfterEach
  void leave() {
    category.removeHandler(lines);
  }

  @Test
  void everyAnswerTellsBrowsersWhatThePageMay() {
    for (RequestSpecification request : List.of(given(), looker())) {
      request
          .get("/probe")
          .then()
          .header("Content-Security-Policy", containsString("default-src 'self'"))
          .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
          .header("X-Content-Type-Options", "nosniff")
          .header("Referrer-Policy", "no-referrer");
    }
  }

  @Test
  void noOtherOriginMayReadAnAnswer() {
    looker()
        .header("Origin", "https://evil.example")
        .get("/probe")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
    given()
        .header("Origin", "https://evil.example")
        .header("Access-Control-Request-Method", "POST")
        .options("/probe")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void noPageOfAnotherOriginChangesAnything() {
    ci().header("Origin", "https://evil.example").post("/probe").then().statusCode(403);
    ci().post("/probe").then().statusCode(200);
  }

  @Test
  void aBodyTooLargeIsRefusedBeforeItIsRead() {
    ci().body(new byte[20_001])
        .post("/probe")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("detail", is("a body should be at most 20000 bytes: was 20001"));
    ci().body(new byte[20_000]).post("/probe").then().statusCode(200);
  }

  @Test
  void aCallerInHasteIsToldWhenToComeBack() {
    RequestSpecification request = given().header("Authorization", "Bearer " + Issuer.HASTY_KEY);
    for (int i = 0; i < 2_000; i++) {
      var answer = request.get("/probe");
      if (answer.statusCode() == 429) {
        answer
            .then()
            .header("Retry-After", "1")
            .contentType("application/problem+json")
            .body("status", equalTo(429));
        looker().get("/probe").then().statusCode(200);
        return;
      }
    }
    throw new AssertionError("2000 requests in a row were answered");
  }

  @Test
  void whoChangedWhatIsWrittenDown() {
    ci().post("/probe").then().statusCode(200);
    looker().post("/probe").then().statusCode(403);
    given().post("/probe").then().statusCode(401);
    looker().get("/probe").then().statusCode(200);
    assertThat(lines.all()).hasSize(3);
    assertThat(lines.all())
        .extracting(line -> line.getString("caller"), line -> line.getInteger("status"))
        .containsExactly(tuple("ci", 200), tuple("looker", 403), tuple("address/127.0.0.1", 401));
    assertThat(lines.all().get(0).getMap())
        .containsEntry("method", "POST")
        .containsEntry("path", "/probe")
        .containsEntry("address", "127.0.0.1");
    assertThat(lines.texts).noneMatch(text -> text.contains(ApiKey.PREFIX));
  }

  @Test
  void aLineTellsWhichTraceItBelongsTo() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    ci().header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01").post("/probe");
    ci().post("/probe");
    assertThat(lines.traces).hasSize(2).doesNotContainNull().doesNotHaveDuplicates();
    assertThat(lines.traces.get(0)).isEqualTo(trace);
  }

  @Test
  void noNameOrPathBreaksALine() {
    String name = "ada\n{\"caller\":\"root\"}\r\u0000\"";
    given()
        .header("Authorization", "Bearer " + Issuer.tokenOf(name, Role.SUBMITTER))
        .urlEncodingEnabled(false)
        .post("/probe?x=%0d%0aInjected:%201")
        .then()
        .statusCode(200)
        .header("Injected", nullValue());
    given().urlEncodingEnabled(false).post("/probe/%0a%7b%7d").then().statusCode(401);
    assertThat(lines.texts).hasSize(2).allMatch(text -> text.lines().count() == 1);
    assertThat(lines.all().get(0).getString("caller")).isEqualTo(name);
  }

  private static RequestSpecification looker() {
    return given().header("Authorization", "Bearer " + Issuer.VIEWER_KEY);
  }

  private static RequestSpecification ci() {
    return given().header("Authorization", "Bearer " + Issuer.SUBMITTER_KEY);
  }

  private static final class Lines extends Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<String> traces = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      texts.add(line.getMessage());
      traces.add((String) MDC.get(Trace.KEY));
    }

    List<JsonObject> all() {
      return texts.stream().map(JsonObject::new).toList();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
