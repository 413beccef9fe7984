package dev.bridle.monitor.stream;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
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
 * digits. Each rule's state is read back as the type that the rule says, which is why the policy is
 * needed.
 *
 * <p>A state is written with every epoch, so its records are rows of values without their names,
 * the first of them the format's version. A record may therefore get further fields only behind
 * those it has: where they are missing they are 0 or null, and who doesn't know them passes over
 * them. Before version 1 they had names; that is still read.
 */
final class RunStateCbor {
  static final int VERSION = 1;

  private static final ObjectMapper NAMED =
      CBORMapper.builder()
          .addModules(new JavaTimeModule(), new Jdk8Module())
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final ObjectMapper ROWS =
      NAMED.copy().setAnnotationIntrospector(new RecordsAsRows());

  /** The first three bits of a map in CBOR. */
  private static final int MAP = 0b101;

  private RunStateCbor() {}

  private static final class RecordsAsRows extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonFormat.Value findFormat(Annotated type) {
      boolean text = type.getRawType() == SignalId.class;
      return type.getRawType().isRecord() && !text
          ? JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)
          : super.findFormat(type);
    }
  }

  /** A state without its policy; the states of the rules are of whatever type the rules say. */
  private record Stored<S>(
      int version,
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
        ROWS,
        new Stored<>(
            VERSION,
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
    return bytes(NAMED, policy.spec());
  }

  static RunState read(byte[] state, byte[] spec) {
    try {
      Policy policy = Policy.of(NAMED.readValue(spec, PolicySpec.class));
      ObjectMapper format = (state[0] & 0xff) >> 5 == MAP ? NAMED : ROWS;
      Stored<JsonNode> stored = format.readValue(state, new TypeReference<>() {});
      if (stored.version() > VERSION) {
        throw new IllegalStateException(
            "a run's state should be of version %d at most: was %d"
                .formatted(VERSION, stored.version()));
      }
      List<Object> ruleStates = new ArrayList<>();
      for (PolicyRule<?> rule : policy.rules()) {
        JsonNode node = stored.ruleStates().get(ruleStates.size());
        ruleStates.add(format.treeToValue(node, rule.stateType()));
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

  private static byte[] bytes(ObjectMapper format, Object value) {
    try {
      return format.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state that has no CBOR: " + value, e);
    }
  }
}
