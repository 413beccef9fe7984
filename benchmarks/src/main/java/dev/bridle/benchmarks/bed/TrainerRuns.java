package dev.bridle.benchmarks.bed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.localstack.service.UnreachableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The runs of a trainer, by names that the benchmark gives them, each once. */
public record TrainerRuns(Service trainer) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The run of that name, submitted if the trainer doesn't have it yet. */
  public String submitted(String name, String spec) {
    return named(name)
        .orElseGet(() -> trainer.client().send("/v1/runs", spec).path("run").asText());
  }

  private Optional<String> named(String name) {
    for (JsonNode run : read("/v1/runs").path("runs")) {
      if (run.path("name").asText().equals(name)) {
        return Optional.of(run.path("run").asText());
      }
    }
    return Optional.empty();
  }

  /**
   * As the trainer shows it.
   *
   * @throws IllegalStateException if it has failed or was cancelled, or the trainer has ended
   */
  public JsonNode now(String run) {
    JsonNode view = read("/v1/runs/" + run);
    String phase = view.path("phase").asText();
    if (phase.equals("FAILED") || phase.equals("CANCELLED")) {
      throw new IllegalStateException(run + " should succeed: " + view);
    }
    return view;
  }

  /** A machine that does other things may leave a trainer without an answer for a while. */
  public JsonNode read(String path) {
    AtomicReference<JsonNode> answer = new AtomicReference<>();
    Await.until(
        "the trainer's answer",
        PATIENCE,
        () -> {
          trainer.process().requireAlive();
          try {
            answer.set(trainer.client().read(path).orElseThrow());
            return true;
          } catch (UnreachableException e) {
            return false;
          }
        });
    return answer.get();
  }

  public boolean hasSucceeded(JsonNode run) {
    return run.path("phase").asText().equals("SUCCEEDED");
  }

  /** Waits for it, however long it takes. */
  public JsonNode succeeded(String run) {
    JsonNode view = now(run);
    while (!hasSucceeded(view)) {
      Await.pause(LOOK_EVERY);
      view = now(run);
    }
    return view;
  }
}
