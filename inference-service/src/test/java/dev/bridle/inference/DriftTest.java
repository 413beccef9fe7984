package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.DriftRaised;
import dev.bridle.events.DriftResolved;
import dev.bridle.events.wire.Topics;
import dev.bridle.inference.testing.EventTail;
import dev.bridle.inference.testing.Meters;
import dev.bridle.inference.testing.ModelServer;
import dev.bridle.inference.testing.ServedModels;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.localstack.testing.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Inputs that the model wasn't calibrated with show in its uncertainty, without any label. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(ModelServer.class)
@TestProfile(DriftTest.FortyRows.class)
class DriftTest {
  private static final int ROWS = 40;
  private static final IntToDoubleFunction KNOWN = row -> 0.01 * (row + 1);
  private static final IntToDoubleFunction FAR = row -> 100 + row;

  public static class FortyRows implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("bridle.inference.drift.window", Integer.toString(ROWS));
    }
  }

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @Test
  void aDriftIsRaisedOnceAndResolvedWhenTheUncertaintyIsAsItWas() {
    ServedModels.serve(bootstrapServers, "drifting", TestModels.mlp(2, 3, 0.5));
    infer(FAR, 20);
    assertThat(metrics("distance")).isEmpty();
    post(
        "calibrate",
        "\"labels\":" + Collections.nCopies(ROWS, 0) + ",\"parameters\":%s,".formatted(drawn(20)),
        KNOWN);
    infer(FAR, 21);
    assertThat(metrics("distance")).isEmpty();

    infer(KNOWN, 20);
    assertThat(metrics("distance")).containsExactly(0.0, 0.0);
    assertThat(metrics("raised")).containsExactly(0.0, 0.0);

    infer(FAR, 20);
    infer(FAR, 20);
    assertThat(metrics("distance")).allMatch(distance -> distance > 0.45);
    assertThat(metrics("raised")).containsExactly(1.0, 1.0);

    infer(KNOWN, 20);
    assertThat(metrics("raised")).containsExactly(0.0, 0.0);
    try (EventTail tail = new EventTail(bootstrapServers, Topics.DRIFT)) {
      List<DriftResolved> resolved = tail.until(DriftResolved.class, 2);
      List<DriftRaised> raised = tail.until(DriftRaised.class, 2);
      assertThat(raised)
          .extracting(DriftRaised::measure)
          .containsExactlyInAnyOrder("predictive_entropy", "mutual_information");
      assertThat(raised)
          .allMatch(
              event -> event.model().equals("drifting") && event.output().equals("probabilities"))
          .allMatch(event -> event.pValue() < 1e-4 && event.rows() == ROWS)
          .allMatch(event -> event.referenceRows() == ROWS);
      assertThat(resolved)
          .extracting(DriftResolved::drift)
          .containsExactlyInAnyOrderElementsOf(raised.stream().map(DriftRaised::identity).toList());
    }
  }

  private static void infer(IntToDoubleFunction input, int samples) {
    post("infer", "\"parameters\":%s,".formatted(drawn(samples)), input);
  }

  /** The same masks each time, so that the same rows are as uncertain as they were. */
  private static String drawn(int samples) {
    return "{\"mc_samples\":%d,\"mc_seed\":1}".formatted(samples);
  }

  private static void post(String what, String fields, IntToDoubleFunction input) {
    String data =
        IntStream.range(0, ROWS)
            .mapToObj(row -> input.applyAsDouble(row) + "," + -input.applyAsDouble(row))
            .collect(Collectors.joining(","));
    String body =
        "{%s\"inputs\":[{\"name\":\"input\",\"shape\":[%d,2],\"datatype\":\"FP32\",\"data\":[%s]}]}"
            .formatted(fields, ROWS, data);
    given()
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/v2/models/drifting/" + what)
        .then()
        .statusCode(200);
  }

  private static List<Double> metrics(String name) {
    return Meters.values("bridle_inference_drift_" + name + "{").boxed().toList();
  }
}
