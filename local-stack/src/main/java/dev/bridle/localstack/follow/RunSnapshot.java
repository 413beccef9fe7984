package dev.bridle.localstack.follow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A run as the trainer sees it now.
 *
 * @param progressPercent of the planned epochs, 0 to 100
 * @param queuePosition 1 for the next to be trained; only while it waits
 * @param remainingSeconds if it isn't stopped; only while it trains
 * @param outcome how training ended; a missing node while it goes on
 * @param evaluation metrics on the test split, by name; a missing node before
 * @param artifacts each with its {@code name}, {@code sizeBytes} and {@code uri}
 */
public record RunSnapshot(
    String name,
    String phase,
    int plannedEpochs,
    int lastEpoch,
    double progressPercent,
    OptionalInt bestEpoch,
    OptionalInt queuePosition,
    OptionalDouble remainingSeconds,
    JsonNode outcome,
    JsonNode evaluation,
    JsonNode artifacts) {
  public static RunSnapshot of(JsonNode run) {
    return new RunSnapshot(
        run.path("name").asText(),
        run.path("phase").asText(),
        run.path("plannedEpochs").asInt(),
        run.path("lastEpoch").asInt(),
        run.path("progressPercent").asDouble(),
        whole(run.path("bestEpoch")),
        whole(run.path("queuePosition")),
        run.path("remainingSeconds").isNumber()
            ? OptionalDouble.of(run.path("remainingSeconds").asDouble())
            : OptionalDouble.empty(),
        run.path("outcome"),
        run.path("evaluation"),
        run.path("artifacts"));
  }

  public boolean isSucceeded() {
    return phase.equals("SUCCEEDED");
  }

  public boolean isOver() {
    return isSucceeded() || phase.equals("FAILED") || phase.equals("CANCELLED");
  }

  /** Why training ended, in words. */
  public String ending() {
    return switch (outcome.path("kind").asText()) {
      case "stoppedEarly" -> "stopped by " + rule() + ": " + outcome.path("reason").asText();
      case "completed" -> "trained all planned epochs";
      case "diverged" -> "diverged: the loss was no longer a finite number";
      case "cancelled" -> "cancelled";
      case "failed" -> "failed: " + outcome.path("reason").asText();
      default -> phase.toLowerCase(Locale.ROOT);
    };
  }

  /** Where it is, and how long it will be there: {@code running, 12 s left}. */
  String where() {
    String place = phase.toLowerCase(Locale.ROOT);
    if (queuePosition.isPresent()) {
      return "%s, %s".formatted(place, ahead(queuePosition.getAsInt() - 1));
    }
    return remainingSeconds.isPresent()
        ? "%s, %s left".formatted(place, duration(remainingSeconds.getAsDouble()))
        : place;
  }

  private static String ahead(int runs) {
    return runs == 0 ? "next" : runs == 1 ? "1 run ahead" : runs + " runs ahead";
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? "%d min %d s".formatted(whole / 60, whole % 60)
            : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  private static OptionalInt whole(JsonNode number) {
    return number.isNumber() ? OptionalInt.of(number.asInt()) : OptionalInt.empty();
  }

  private String rule() {
    return outcome.path("rule").asText("a rule");
  }
}
