package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;

import dev.bridle.inference.testing.TestModels;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As KServe's runtime starts the service: with a repository that others laid, and no Kafka. */
@QuarkusTest
@TestProfile(KServeLayoutTest.Alone.class)
class KServeLayoutTest {
  @Test
  void servesTheModelsOfTheFolderWithoutKafka() {
    when().get("/v2/health/ready").then().statusCode(200);
    when().get("/q/health/ready").then().statusCode(200);
    when().get("/v2/models/line/ready").then().statusCode(200);
    given()
        .body(
            """
            {"inputs":[{"name":"input","datatype":"FP32","shape":[1,2],"data":[3,4]}]}
            """)
        .post("/v2/models/line/infer")
        .then()
        .statusCode(200)
        .body("model_version", equalTo("1"));
  }

  /** Without the broker and the trainer of the other tests. */
  public static final class Alone implements QuarkusTestProfile {
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Storage.class));
    }
  }

  /** What the storage initializer leaves in {@code /mnt/models}, and the runtime's settings. */
  public static final class Storage implements QuarkusTestResourceLifecycleManager {
    private Path models;

    @Override
    public Map<String, String> start() {
      try {
        models = Files.createTempDirectory("bridle-mnt-models-");
        Path version = Files.createDirectories(models.resolve("line").resolve("1"));
        Files.write(version.resolve("model.onnx"), TestModels.linear(new float[] {1, 2}, 0.5));
        return Map.of(
            "bridle.inference.repository-dir", models.toString(),
            "mp.messaging.incoming.models.enabled", "false",
            "kafka.bootstrap.servers", "127.0.0.1:1");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      try {
        Files.delete(models.resolve("line/1/model.onnx"));
        Files.delete(models.resolve("line/1"));
        Files.delete(models.resolve("line"));
        Files.delete(models);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
