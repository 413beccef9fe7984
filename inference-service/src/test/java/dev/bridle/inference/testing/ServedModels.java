package dev.bridle.inference.testing;

import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Models that are announced, and served when the call returns. */
public final class ServedModels {
  private static final Duration SOON = Duration.ofSeconds(30);

  private ServedModels() {}

  public static void serve(String bootstrapServers, String model, byte[] onnx) {
    String path = model + "/1.onnx";
    ModelServer.offer(path, onnx);
    try (Announcer announcer = new Announcer(bootstrapServers)) {
      announcer.announce(model, 1, ModelServer.uri(path), onnx);
    }
    await()
        .atMost(SOON)
        .until(() -> when().get("/v2/models/" + model + "/ready").statusCode() == 200);
  }
}
