package dev.bridle.monitor.stream;

import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.run.RunState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The states of a task's runs. A run's policy is kept apart, for it rarely changes while the state
 * does with every epoch. What was used last is kept at hand, so that an epoch needs no reading: the
 * task is the only writer of its stores, and begins with an empty hand.
 */
final class StoredRuns {
  private static final int AT_HAND = 10_000;

  private final KeyValueStore<String, byte[]> states;
  private final KeyValueStore<String, byte[]> policies;
  private final Map<String, RunState> atHand =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunState> eldest) {
          return size() > AT_HAND;
        }
      };

  StoredRuns(KeyValueStore<String, byte[]> states, KeyValueStore<String, byte[]> policies) {
    this.states = states;
    this.policies = policies;
  }

  Optional<RunState> find(String run) {
    RunState known = atHand.get(run);
    if (known == null) {
      byte[] stored = states.get(run);
      if (stored == null) {
        return Optional.empty();
      }
      known = RunStateCbor.read(stored, policies.get(run));
      atHand.put(run, known);
    }
    return Optional.of(known);
  }

  void remove(String run) {
    states.delete(run);
    policies.delete(run);
    atHand.remove(run);
  }

  void put(String run, RunState state) {
    Optional<Policy> before = find(run).map(RunState::policy);
    if (before.isEmpty() || before.get() != state.policy()) {
      policies.put(run, RunStateCbor.write(state.policy()));
    }
    states.put(run, RunStateCbor.write(state));
    atHand.put(run, state);
  }
}
