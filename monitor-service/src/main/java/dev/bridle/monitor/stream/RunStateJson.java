package dev.bridle.monitor.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.run.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A run's state as the store keeps it. Each rule's state is read back as the type that the rule
 * says, which is why the policy is read first.
 */
final class RunStateJson {
  private static final String RULE_STATES = "ruleStates";
  private static final ObjectMapper MAPPER = EventJson.mapper();

  private RunStateJson() {}

  static byte[] write(RunState state) {
    try {
      return MAPPER.writeValueAsBytes(state);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state that has no JSON: " + state, e);
    }
  }

  static RunState read(byte[] json) {
    try {
      ObjectNode tree = (ObjectNode) MAPPER.readTree(json);
      Policy policy = Policy.of(MAPPER.treeToValue(tree.get("policy"), PolicySpec.class));
      JsonNode states = tree.remove(RULE_STATES);
      tree.putArray(RULE_STATES);
      Object[] ruleStates = new Object[states.size()];
      for (int i = 0; i < ruleStates.length; i++) {
        ruleStates[i] = MAPPER.treeToValue(states.get(i), policy.rules().get(i).stateType());
      }
      RunState rest = MAPPER.treeToValue(tree, RunState.class);
      return new RunState(
          rest.attempt(),
          rest.lastEpoch(),
          rest.judging(),
          rest.policy(),
          List.of(ruleStates),
          rest.stopWishes(),
          rest.openAlerts());
    } catch (IOException e) {
      throw new UncheckedIOException("a run's state in the store", e);
    }
  }
}
