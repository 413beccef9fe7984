package dev.bridle.benchmarks.bed;

import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.service.CallerKey;
import dev.bridle.localstack.service.JsonClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of Bridle's services as it is delivered, in a process of its own on a free port. */
public record Service(Child process, URI address, JsonClient client) implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Returns when it is ready. A trainer is told the address that its artifacts are fetched from.
   *
   * @param module whose jar it is: {@code trainer-service}
   * @param name of its log in the folder
   * @param options of its JVM and system properties, over its own settings
   */
  public static Service start(
      Path project, String module, Path folder, String name, List<String> options) {
    int port = FreePorts.next();
    URI address = URI.create("http://127.0.0.1:" + port);
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(
        List.of(
            "-Dquarkus.http.port=" + port,
            "-Dbridle.trainer.public-url=" + address,
            "-jar",
            project.resolve(module).resolve("target/quarkus-app/quarkus-run.jar").toString()));
    Child child = Child.java(name, folder, arguments);
    JsonClient client = new JsonClient(module, address, new CallerKey(Optional.empty()), PATIENCE);
    Await.until(
        "the readiness of " + name,
        START_LIMIT,
        () -> {
          child.requireAlive();
          return client.isReady("/q/health/ready");
        });
    return new Service(child, address, client);
  }

  @Override
  public void close() {
    process.close();
  }
}
