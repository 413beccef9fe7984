package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * How long a request waits for its turn: its parameter {@code timeout}, in microseconds, as
 * Triton's clients send it.
 */
final class Patience {
  private static final String KEY = "timeout";
  private static final Duration ENDLESS = ChronoUnit.FOREVER.getDuration();

  private Patience() {}

  /** Endless where the request says nothing, or 0. */
  static Duration of(Map<String, JsonNode> parameters) {
    JsonNode micros = parameters.get(KEY);
    if (micros == null) {
      return ENDLESS;
    }
    if (!micros.isIntegralNumber() || !micros.canConvertToLong() || micros.longValue() < 0) {
      throw badRequest(
          "parameters.%s should be a whole number of microseconds of at least 0: was %s",
          KEY, micros);
    }
    return micros.longValue() == 0 ? ENDLESS : Duration.of(micros.longValue(), ChronoUnit.MICROS);
  }
}
