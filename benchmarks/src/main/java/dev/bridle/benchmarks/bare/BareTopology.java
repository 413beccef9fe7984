package dev.bridle.benchmarks.bare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * What Kafka Streams makes of the monitor's work if nothing is judged: a topology of one processor,
 * which reads, puts so many records of so many bytes into stores with changelogs, and forwards so
 * many to outputs. It parses, decides and encodes nothing, and reads no store, as the monitor reads
 * none while its runs go on.
 *
 * <p>{@code BareTopology BOOTSTRAP INPUT KEEPING STATE_FOLDER OUTPUT...}, with Kafka Streams'
 * settings as system properties under {@value #SETTINGS}, as the monitor takes them. An output that
 * is a changelog of the {@linkplain #group group} becomes a store.
 */
public final class BareTopology {
  /** Before the names of Kafka Streams' settings. */
  public static final String SETTINGS = "kafka-streams.";

  private static final String SOURCE = "input";
  private static final String WRITER = "writer";
  private static final int FAILED = 1;

  private BareTopology() {}

  /** Runs until the process is ended, or a thread of the topology fails. */
  public static void main(String[] arguments) {
    Keeping keeping = Keeping.valueOf(arguments[2]);
    List<Output> outputs = Arrays.stream(arguments).skip(4).map(Output::parse).toList();
    Properties settings = settings(System.getProperties());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[0]);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, group(keeping));
    settings.put(StreamsConfig.STATE_DIR_CONFIG, arguments[3]);
    KafkaStreams streams = new KafkaStreams(topology(arguments[1], keeping, outputs), settings);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR) {
            Runtime.getRuntime().halt(FAILED);
          }
        });
    streams.start();
    System.out.println("ready");
  }

  /** The group in which it reads. */
  public static String group(Keeping keeping) {
    return "bare-topology-" + keeping.name().toLowerCase(Locale.ROOT);
  }

  private static Properties settings(Properties system) {
    Properties settings = new Properties();
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith(SETTINGS)) {
        settings.put(name.substring(SETTINGS.length()), system.getProperty(name));
      }
    }
    return settings;
  }

  private static Topology topology(String input, Keeping keeping, List<Output> outputs) {
    Topology topology =
        new Topology()
            .addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), input)
            .addProcessor(WRITER, () -> new BareProcessor(keeping, outputs), SOURCE);
    for (Output output : outputs) {
      String topic = output.topic();
      if (keeping.keeps(output)) {
        topology.addStateStore(
            Stores.keyValueStoreBuilder(
                keeping.store(output.store(group(keeping))),
                Serdes.ByteArray(),
                Serdes.ByteArray()),
            WRITER);
      } else {
        topology.addSink(
            topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), WRITER);
      }
    }
    return topology;
  }
}
