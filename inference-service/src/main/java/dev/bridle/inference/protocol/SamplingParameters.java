package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a request says about sampling.
 *
 * @param samples {@code mc_samples}
 * @param seed {@code mc_seed}
 */
record SamplingParameters(OptionalInt samples, OptionalLong seed) {
  static SamplingParameters of(Map<String, JsonNode> parameters, int maxSamples) {
    return new SamplingParameters(
        samples(parameters.get("mc_samples"), maxSamples), seed(parameters.get("mc_seed")));
  }

  private static OptionalInt samples(JsonNode value, int max) {
    if (value == null) {
      return OptionalInt.empty();
    }
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    if (!whole || value.doubleValue() < 0 || value.doubleValue() > max) {
      throw badRequest(
          "parameters.mc_samples should be a whole number from 0 to %d: was %s", max, value);
    }
    return OptionalInt.of(value.intValue());
  }

  private static OptionalLong seed(JsonNode value) {
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw badRequest("parameters.mc_seed should be a whole number of 64 bits: was %s", value);
    }
    return OptionalLong.of(value.longValue());
  }
}
