package dev.bridle.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/**
 * A run as the trainer sees it now.
 *
 * @param progressPercent of the planned epochs, 0 to 100
 * @param outcome how training ended; a missing node while it goes on
 */
record RunSnapshot(
    String name,
    String phase,
    int plannedEpochs,
    int lastEpoch,
    double progressPercent,
    OptionalInt bestEpoch,
    JsonNode outcome) {
  static RunSnapshot of(JsonNode run) {
    return new RunSnapshot(
        run.path("name").asText(),
        run.path("phase").asText(),
        run.path("plannedEpochs").asInt(),
        run.path("lastEpoch").asInt(),
        run.path("progressPercent").asDouble(),
        run.path("bestEpoch").isNumber()
            ? OptionalInt.of(run.path("bestEpoch").asInt())
            : OptionalInt.empty(),
        run.path("outcome"));
  }

  boolean isSucceeded() {
    return phase.equals("SUCCEEDED");
  }

  boolean isOver() {
    return isSucceeded() || phase.equals("FAILED") || phase.equals("CANCELLED");
  }

  /** Why training ended, in words. */
  String ending() {
    return switch (outcome.path("kind").asText()) {
      case "stoppedEarly" -> "stopped by " + rule() + ": " + outcome.path("reason").asText();
      case "completed" -> "trained all planned epochs";
      case "diverged" -> "diverged: the loss was no longer a finite number";
      case "cancelled" -> "cancelled";
      case "failed" -> "failed: " + outcome.path("reason").asText();
      default -> phase.toLowerCase(java.util.Locale.ROOT);
    };
  }

  private String rule() {
    return outcome.path("rule").asText("a rule");
  }
}
