package dev.bridle.inference;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.bridle.inference.testing.S3Server;
import dev.bridle.inference.testing.TestModels;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The repository's calls where the repository is a bucket. */
@QuarkusTest
@TestProfile(BucketRepositoryTest.Alone.class)
class BucketRepositoryTest {
  @Test
  void whatIsInTheBucketIsServedUnloadedAndLoaded() throws IOException {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> when().get("/q/health/ready").statusCode() == 200);
    when().get("/v2/models/line/ready").then().statusCode(200);

    when().post("/v2/repository/models/line/unload").then().statusCode(200);
    when().get("/v2/models/line/ready").then().statusCode(404);
    when().post("/v2/repository/models/line/load").then().statusCode(200);
    when().get("/v2/models/line/ready").then().statusCode(200);

    Store.server.put("line/2/model.onnx", TestModels.linear(new float[] {5, 6}, 0.5));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> when().get("/v2/models/line/versions/2/ready").statusCode() == 200);

    when().post("/v2/repository/models/absent/load").then().statusCode(400);
    int port = Store.server.port();
    Store.server.close();
    given()
        .post("/v2/repository/models/absent/load")
        .then()
        .statusCode(400)
        .body("error", containsString("s3://models"));
    when()
        .post("/v2/repository/index")
        .then()
        .body("find { it.name == 's3://models' }.state", equalTo("UNAVAILABLE"))
        .body("find { it.name == 's3://models' }.reason", containsString("can't be reached"))
        .body("findAll { it.name == 'line' }.state", hasItem("READY"));
    when().get("/v2/models/line/ready").then().statusCode(200);
    when().get("/q/health/ready").then().statusCode(200);
    Store.server = new S3Server(port);
  }

  /** Without the broker and the trainer of the other tests. */
  public static final class Alone implements QuarkusTestProfile {
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Store.class));
    }
  }

  /** A bucket with a model, and an empty folder. */
  public static final class Store implements QuarkusTestResourceLifecycleManager {
    static S3Server server;

    @Override
    public Map<String, String> start() {
      try {
        server = new S3Server();
        server.put("line/1/model.onnx", TestModels.linear(new float[] {1, 2}, 0.5));
        Path folder = Files.createTempDirectory("bridle-bucket-");
        return Map.of(
            "bridle.inference.repository-dir",
            folder.toString(),
            "bridle.inference.s3.bucket",
            "s3://models",
            "bridle.inference.s3.poll",
            "200ms",
            "bridle.inference.s3.endpoint",
            server.endpoint().toString(),
            "bridle.inference.s3.access-key",
            S3Server.ACCESS_KEY,
            "bridle.inference.s3.secret-key",
            S3Server.SECRET_KEY,
            "mp.messaging.incoming.models.enabled",
            "false",
            "kafka.bootstrap.servers",
            "127.0.0.1:1");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      server.close();
    }
  }
}
