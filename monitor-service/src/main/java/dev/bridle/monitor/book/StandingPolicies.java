package dev.bridle.monitor.book;

import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.rule.InvalidPolicyException;
import dev.bridle.monitor.run.PolicyBook.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jboss.logging.Logger;

/** Every instance's copy of the standing policies: the topic {@code monitor.policies}. */
public final class StandingPolicies {
  /** The name of the store that keeps them. */
  public static final String STORE = "standing-policies";

  private static final Logger LOG = Logger.getLogger(StandingPolicies.class);

  private final ReadOnlyKeyValueStore<String, byte[]> store;

  public StandingPolicies(ReadOnlyKeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** The record of a policy. */
  public static byte[] written(PolicySpec policy) {
    try {
      return EventJson.mapper().writeValueAsBytes(policy);
    } catch (IOException e) {
      throw new UncheckedIOException("a policy", e);
    }
  }

  /** What stands for that scope; empty if nothing does, or only what this version cannot read. */
  public Optional<PolicySpec> of(PolicyScope scope) {
    return Optional.ofNullable(store.get(scope.key())).flatMap(bytes -> legal(scope, bytes));
  }

  /** What judges the runs of an experiment that bring no policy. */
  public Standing of(String experiment) {
    return of(PolicyScope.experiment(experiment))
        .map(policy -> new Standing(policy, PolicyOrigin.EXPERIMENT))
        .orElseGet(
            () ->
                new Standing(
                    of(PolicyScope.DEFAULT).orElse(Policy.defaultSpec()), PolicyOrigin.DEFAULT));
  }

  /** Everything that stands, by the key of its scope. */
  public Map<String, PolicySpec> all() {
    Map<String, PolicySpec> all = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        legal(new PolicyScope(entry.key), entry.value)
            .ifPresent(policy -> all.put(entry.key, policy));
      }
    }
    return all;
  }

  private static Optional<PolicySpec> legal(PolicyScope scope, byte[] json) {
    try {
      PolicySpec policy = EventJson.mapper().readValue(json, PolicySpec.class);
      Policy.of(policy);
      return Optional.of(policy);
    } catch (IOException | InvalidPolicyException e) {
      LOG.warnf("the standing policy %s is passed over: %s", scope.key(), e.getMessage());
      return Optional.empty();
    }
  }
}
