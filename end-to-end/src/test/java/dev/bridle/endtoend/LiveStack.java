package dev.bridle.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.RunId;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackPorts;
import dev.bridle.localstack.stack.StartListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** The real broker and services, as processes on free ports, with their data in a folder. */
public final class LiveStack implements AutoCloseable {
  public static final Path PROJECT = Path.of(System.getProperty("bridle.root"));
  public static final Duration LONG = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack stack;
  private final RestCalls rest = new RestCalls();

  private LiveStack(Stack stack) {
    this.stack = stack;
  }

  public static LiveStack start(Path home) {
    return of(new Stack(BridleServices.layout(PROJECT, home, StackPorts.ANY), Clock.systemUTC()));
  }

  static LiveStack of(Stack stack) {
    stack.start(StartListener.SILENT);
    return new LiveStack(stack);
  }

  /** To kill, stop and start services. */
  public Stack processes() {
    return stack;
  }

  EventLog events() {
    return new EventLog(stack.layout().bootstrapServers());
  }

  /**
   * One of the demo's runs with other epochs; wide enough for an epoch to take some hundredths of a
   * second, so that there is a middle to kill something in.
   */
  public static ObjectNode spec(String file, String name) {
    try {
      ObjectNode spec =
          (ObjectNode) JSON.readTree(PROJECT.resolve("examples/specs").resolve(file).toFile());
      spec.put("name", name);
      ((ObjectNode) spec.get("export")).put("model", name);
      return spec;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RunId submit(JsonNode spec) {
    JsonNode view = post(stack.layout().trainer().resolve("/v1/runs"), spec.toString(), 201);
    return new RunId(view.get("run").asText());
  }

  public JsonNode run(RunId run) {
    return read(stack.layout().trainer().resolve("/v1/runs/" + run));
  }

  public JsonNode monitored(RunId run) {
    return read(stack.layout().monitor().resolve("/v1/runs/" + run));
  }

  public void awaitEpoch(RunId run, int epoch) {
    await().atMost(LONG).until(() -> run(run).path("lastEpoch").asInt() >= epoch);
  }

  /** Waits until the run has succeeded; fails at once if it ends otherwise. */
  public JsonNode awaitSuccess(RunId run) {
    return await()
        .atMost(LONG)
        .failFast(run + " should succeed", () -> Set.of("FAILED", "CANCELLED").contains(phase(run)))
        .until(() -> run(run), view -> view.path("phase").asText().equals("SUCCEEDED"));
  }

  private String phase(RunId run) {
    return run(run).path("phase").asText();
  }

  public JsonNode read(URI address) {
    return rest.read(address);
  }

  public JsonNode post(URI address, String body, int status) {
    return rest.post(address, body, status);
  }

  @Override
  public void close() {
    stack.stop();
  }
}
