package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.badRequest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.calibration.NormalInterval;
import dev.bridle.inference.uncertainty.StandardErrorTarget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a request says about sampling.
 *
 * @param samples {@code mc_samples}
 * @param seed {@code mc_seed}
 * @param method {@code mc_method}
 * @param target {@code mc_target_se}
 * @param maxSamples {@code mc_max_samples}: with a target, the most that are drawn
 * @param deadline {@code mc_deadline_ms}
 * @param abstention {@code mc_abstain_mi}
 * @param interval {@code mc_interval}
 */
record SamplingParameters(
    OptionalInt samples,
    OptionalLong seed,
    Optional<McMethod> method,
    Optional<StandardErrorTarget> target,
    OptionalInt maxSamples,
    Optional<Duration> deadline,
    Optional<Abstention> abstention,
    Optional<NormalInterval> interval) {
  /** Of most requests. */
  private static final SamplingParameters NONE = read(Map.of(), 0);

  static SamplingParameters of(Map<String, JsonNode> parameters, int limit) {
    return parameters.isEmpty() ? NONE : read(parameters, limit);
  }

  private static SamplingParameters read(Map<String, JsonNode> parameters, int limit) {
    return new SamplingParameters(
        samples("mc_samples", parameters, 0, limit),
        seed(parameters.get("mc_seed")),
        method(parameters.get("mc_method")),
        above0("mc_target_se", parameters).map(StandardErrorTarget::new),
        samples("mc_max_samples", parameters, 1, limit),
        above0("mc_deadline_ms", parameters).map(SamplingParameters::milliseconds),
        above0("mc_abstain_mi", parameters).map(Abstention::new),
        share("mc_interval", parameters).map(NormalInterval::new));
  }

  private static OptionalInt samples(
      String key, Map<String, JsonNode> parameters, int least, int most) {
    JsonNode value = parameters.get(key);
    if (value == null) {
      return OptionalInt.empty();
    }
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    if (!whole || value.doubleValue() < least || value.doubleValue() > most) {
      throw badRequest(
          "parameters.%s should be a whole number from %d to %d: was %s", key, least, most, value);
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

  private static Optional<McMethod> method(JsonNode value) {
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        McMethod.named(value.asText())
            .orElseThrow(
                () ->
                    badRequest(
                        "parameters.mc_method should be one of %s: was %s",
                        McMethod.names(), value)));
  }

  private static Optional<Double> above0(String key, Map<String, JsonNode> parameters) {
    JsonNode value = parameters.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isNumber() || !(value.doubleValue() > 0) || Double.isInfinite(value.doubleValue())) {
      throw badRequest("parameters.%s should be a number above 0: was %s", key, value);
    }
    return Optional.of(value.doubleValue());
  }

  private static Optional<Double> share(String key, Map<String, JsonNode> parameters) {
    Optional<Double> value = above0(key, parameters);
    if (value.isPresent() && value.get() >= 1) {
      throw badRequest(
          "parameters.%s should be a number above 0 and below 1: was %s", key, value.get());
    }
    return value;
  }

  private static Duration milliseconds(double value) {
    return Duration.ofNanos((long) (value * 1e6));
  }
}
