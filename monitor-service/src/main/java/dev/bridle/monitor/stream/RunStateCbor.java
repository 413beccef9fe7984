package dev.bridle.monitor.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.SignalId;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.policy.PolicyRule;
import dev.bridle.monitor.run.RuleMemory;
import dev.bridle.monitor.run.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run's state and its policy as the stores keep them: in CBOR (RFC 8949), whose numbers need no
 * digits, for this is written with every epoch. Each rule's state is read back as the type that the
 * rule says, which is why the policy is needed.
 */
final class RunStateCbor {
  private static final ObjectMapper MAPPER =
      CBORMapper.builder()
          .addModules(new JavaTimeModule(), new Jdk8Module())
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final ObjectReader READER =
      MAPPER.readerFor(
          MAPPER.getTypeFactory().constructParametricType(Stored.class, JsonNode.class));

  private RunStateCbor() {}

  /** A state without its policy; the states of the rules are of whatever type the rules say. */
  private record Stored<S>(
      int attempt,
      int lastEpoch,
      String experiment,
      boolean ended,
      int stopEpoch,
      PolicyOrigin origin,
      List<S> ruleStates,
      Set<String> stopWishes,
      Set<String> said,
      Map<String, SignalId> openAlerts) {}

  static byte[] write(RunState state) {
    return bytes(
        new Stored<>(
            state.attempt(),
            state.lastEpoch(),
            state.experiment(),
            state.ended(),
            state.stopEpoch(),
            state.origin(),
            state.memory().states(),
            state.memory().stopWishes(),
            state.memory().said(),
            state.memory().openAlerts()));
  }

  static byte[] write(Policy policy) {
    return bytes(policy.spec());
  }

  static RunState read(byte[] state, byte[] spec) {
    try {
      Policy policy = Policy.of(MAPPER.readValue(spec, PolicySpec.class));
      Stored<JsonNode> stored = READER.readValue(state);
      List<Object> ruleStates = new ArrayList<>();
      for (PolicyRule<?> rule : policy.rules()) {
        JsonNode node = stored.ruleStates().get(ruleStates.size());
        ruleStates.add(MAPPER.treeToValue(node, rule.stateType()));
      }
      return new RunState(
          stored.attempt(),
          stored.lastEpoch(),
          stored.experiment(),
          stored.ended(),
          stored.stopEpoch(),
          policy,
          stored.origin(),
          new RuleMemory(ruleStates, stored.stopWishes(), stored.said(), stored.openAlerts()));
    } catch (IOException e) {
      throw new UncheckedIOException("a run's state in the store", e);
    }
  }

  private static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state that has no CBOR: " + value, e);
    }
  }
}
