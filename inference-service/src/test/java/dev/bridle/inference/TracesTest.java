package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.inference.grpc.GRPCInferenceServiceGrpc;
import dev.bridle.inference.grpc.InferTensorContents;
import dev.bridle.inference.grpc.ModelInferRequest;
import dev.bridle.inference.protocol.AnsweringThreads;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.inference.testing.TraceReceiver;
import dev.bridle.inference.testing.TraceReceiver.Received;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

/** With a collector, an infer request leaves spans in its caller's trace. */
@QuarkusTest
@TestProfile(TracesTest.Traced.class)
class TracesTest {
  private static final String BODY =
      """
      {"parameters": {"mc_samples": 20},
       "inputs":[{"name":"input","datatype":"FP32","shape":[3,2],"data":[3,4,5,6,7,8]}]}
      """;

  @Inject AnsweringThreads threads;

  @Test
  void aRequestOverRestContinuesItsCallersTrace() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    given()
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .body(BODY)
        .post("/v2/models/line/infer")
        .then()
        .statusCode(200);
    List<Received> spans = whole(trace);
    assertThat(spans).anyMatch(span -> span.parent().equals("00f067aa0ba902b7"));
    requireComputation(spans, 3, 20);
  }

  @Test
  void aRequestThatAnEventLoopAnswersContinuesItsCallersTrace() {
    String body =
        """
        {"id": "quick",
         "inputs":[{"name":"input","datatype":"FP32","shape":[3,2],"data":[3,4,5,6,7,8]}]}
        """;
    AtomicInteger attempts = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              given()
                  .header(
                      "traceparent",
                      "00-" + trace(attempts.incrementAndGet()) + "-00f067aa0ba902b7-01")
                  .body(body)
                  .post("/v2/models/line/infer")
                  .then()
                  .statusCode(200);
              return threads.isOfAnEventLoop("quick");
            });
    String trace = trace(attempts.get());
    List<Received> spans = whole(trace);
    assertThat(spans)
        .filteredOn(span -> span.parent().equals("00f067aa0ba902b7"))
        .extracting(Received::name)
        .containsExactly("POST /v2/models/{model}/infer");
    requireComputation(spans, 3, 0);
  }

  @Test
  void aCallOverGrpcContinuesItsCallersTrace() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", RestAssured.port).usePlaintext().build();
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
        "00-" + trace + "-00f067aa0ba902b7-01");
    ModelInferRequest request =
        ModelInferRequest.newBuilder()
            .setModelName("line")
            .addInputs(
                ModelInferRequest.InferInputTensor.newBuilder()
                    .setName("input")
                    .setDatatype("FP32")
                    .addAllShape(List.of(1L, 2L))
                    .setContents(
                        InferTensorContents.newBuilder().addFp32Contents(3).addFp32Contents(4)))
            .build();
    try {
      GRPCInferenceServiceGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .modelInfer(request);
    } finally {
      channel.shutdownNow();
    }
    List<Received> spans = whole(trace);
    assertThat(spans).anyMatch(span -> span.parent().equals("00f067aa0ba902b7"));
    requireComputation(spans, 1, 0);
  }

  @Test
  void linesOfTheLogHaveTheTraceThatTheCollectorHas() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(String.valueOf(MDC.get("traceId")));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger audit = Logger.getLogger("bridle.audit");
    audit.addHandler(handler);
    try {
      given().post("/v2/repository/models/other/unload").then().statusCode(200);
      await().until(() -> !lines.isEmpty());
    } finally {
      audit.removeHandler(handler);
    }
    assertThat(lines).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(Collector.receiver.spans(lines.get(0))).isNotEmpty());
  }

  private static String trace(int attempt) {
    return "%032x".formatted(attempt);
  }

  /** The trace's spans, once those of the call and of the request are there, which end last. */
  private static List<Received> whole(String trace) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              List<Received> spans = Collector.receiver.spans(trace);
              return spans.stream().anyMatch(span -> span.parent().equals("00f067aa0ba902b7"))
                  && spans.stream().anyMatch(span -> span.attributes().containsKey("bridle.model"));
            });
    return new ArrayList<>(Collector.receiver.spans(trace));
  }

  private static void requireComputation(List<Received> spans, long rows, long samples) {
    Received request =
        spans.stream()
            .filter(span -> span.attributes().containsKey("bridle.model"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(spans.toString()));
    assertThat(request.attributes())
        .containsEntry("bridle.model", "line")
        .containsEntry("bridle.version", 1L)
        .containsEntry("bridle.rows", rows)
        .containsEntry("bridle.mc_samples", samples);
    Received queue = named("queue", spans);
    Received compute = named("compute", spans);
    assertThat(List.of(queue.parent(), compute.parent())).containsOnly(request.id());
    assertThat(queue.endNanos()).isEqualTo(compute.startNanos());
    assertThat(compute.endNanos()).isGreaterThan(compute.startNanos());
    assertThat(compute.attributes()).containsEntry("bridle.batch", 1L);
  }

  private static Received named(String name, List<Received> spans) {
    return spans.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(spans.toString()));
  }

  /** Without the broker and the trainer of the other tests. */
  public static final class Traced implements QuarkusTestProfile {
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Collector.class));
    }
  }

  /** A collector, and a folder with two models. */
  public static final class Collector implements QuarkusTestResourceLifecycleManager {
    static TraceReceiver receiver;

    @Override
    public Map<String, String> start() {
      try {
        receiver = new TraceReceiver();
        Path models = Files.createTempDirectory("bridle-traced-");
        for (String name : List.of("line", "other")) {
          Path version = Files.createDirectories(models.resolve(name).resolve("1"));
          Files.write(version.resolve("model.onnx"), TestModels.linear(new float[] {1, 2}, 0.5));
        }
        return Map.of(
            "bridle.inference.repository-dir", models.toString(),
            "bridle.inference.traces.endpoint", receiver.endpoint().toString(),
            "quarkus.otel.bsp.schedule.delay", "100ms",
            "mp.messaging.incoming.models.enabled", "false",
            "kafka.bootstrap.servers", "127.0.0.1:1");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      receiver.close();
    }
  }
}
