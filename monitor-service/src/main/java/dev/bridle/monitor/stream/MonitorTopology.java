package dev.bridle.monitor.stream;

import dev.bridle.events.wire.Topics;
import dev.bridle.monitor.book.StandingPolicies;
import dev.bridle.monitor.config.MonitorConfig;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code training.metrics} in; signals, alerts and dead letters out, and back on it the policies
 * that the runs are judged by, each in its run's order. Beside it, the dead letters of the topics
 * that nothing but the monitor's live view reads: the trainer has the signals' and inference the
 * models', so each twin has one writer.
 */
final class MonitorTopology {
  private static final String EVENTS = "events";
  private static final String JUDGE = "judge";
  private static final String VIEWED = "viewed-events";
  private static final String WIRE_CHECK = "wire-check";
  private static final String SIGNALS = "signals-and-answers";
  private static final String ROUND_TRIPS = "round-trips";

  /** Read by the live view alone. */
  static final List<String> VIEWED_ONLY =
      List.of(Topics.RUNS, Topics.ALERTS, Topics.ACKNOWLEDGEMENTS);

  private MonitorTopology() {}

  static Topology of(MonitorConfig config, MonitorMeters meters, Clock clock) {
    Topology topology =
        new Topology()
            .addSource(
                EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.METRICS)
            .addProcessor(JUDGE, () -> new JudgeProcessor(config, meters, clock), EVENTS);
    for (String store :
        List.of(
            JudgeProcessor.RUNS,
            JudgeProcessor.POLICIES,
            JudgeProcessor.EPOCHS,
            JudgeProcessor.WATCHED,
            RetentionWatch.STORE)) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore(store), Serdes.String(), Serdes.ByteArray()),
          JUDGE);
    }
    // Each sink bears its topic's name, so that the processor addresses topics.
    for (String topic :
        List.of(
            Topics.METRICS,
            Topics.SIGNALS,
            Topics.ALERTS,
            Topics.CURVES,
            Topics.deadLetters(Topics.METRICS))) {
      topology.addSink(topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), JUDGE);
    }
    addCopy(topology, Topics.POLICIES, Stores.inMemoryKeyValueStore(StandingPolicies.STORE));
    addCopy(topology, Topics.CURVES, Stores.persistentKeyValueStore(FinishedRuns.STORE));
    topology
        .addSource(
            VIEWED,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            VIEWED_ONLY.toArray(String[]::new))
        .addProcessor(WIRE_CHECK, () -> new WireCheckProcessor(meters), VIEWED);
    topology
        .addSource(
            SIGNALS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.SIGNALS)
        .addProcessor(
            ROUND_TRIPS,
            () -> new RoundTripProcessor(meters, clock, config.retention()),
            VIEWED,
            SIGNALS)
        .addStateStore(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(RoundTripProcessor.STORE),
                Serdes.String(),
                Serdes.ByteArray()),
            ROUND_TRIPS);
    for (String topic : VIEWED_ONLY) {
      String twin = Topics.deadLetters(topic);
      topology.addSink(
          twin, twin, new ByteArraySerializer(), new ByteArraySerializer(), WIRE_CHECK);
    }
    return topology;
  }

  /** Every instance has the whole of it. */
  private static void addCopy(Topology topology, String topic, KeyValueBytesStoreSupplier store) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(store, Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        store.name() + "-source",
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        topic,
        store.name() + "-copy",
        () -> new GlobalCopy(store.name()));
  }
}
