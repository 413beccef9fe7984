package dev.bridle.localstack.broker;

import dev.bridle.events.wire.TopicCreation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Apache Kafka: one node in KRaft mode, broker and controller in this JVM. Its data outlives
 * it, so that stopping and starting again on the same folder is a restart, after a kill too.
 */
public final class LocalBroker implements AutoCloseable {
  private final BrokerSettings settings;
  private final KafkaRaftServer server;

  private LocalBroker(BrokerSettings settings, KafkaRaftServer server) {
    this.settings = settings;
    this.server = server;
  }

  /**
   * Formats the folder if it is new, starts the node, and creates the topics that are missing.
   *
   * @return once the topics can be used
   * @throws BrokerStartException if it can't start: a port that is taken, a folder of another node
   */
  public static LocalBroker start(BrokerSettings settings) {
    KafkaRaftServer server = null;
    try {
      format(settings);
      server = new KafkaRaftServer(KafkaConfig.fromProps(settings.kafkaProperties()), Time.SYSTEM);
      server.startup();
      TopicCreation.createMissing(
          Map.of("bootstrap.servers", settings.bootstrapServers()), (short) 1);
      return new LocalBroker(settings, server);
    } catch (Exception e) {
      if (server != null) {
        server.shutdown();
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new BrokerStartException(
          "Kafka can't start on %s with its data in %s: %s"
              .formatted(settings.bootstrapServers(), settings.data(), e.getMessage()),
          e);
    }
  }

  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** What it was started with: start it again with the same. */
  public BrokerSettings settings() {
    return settings;
  }

  public void awaitShutdown() {
    server.awaitShutdown();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(BrokerSettings settings) throws Exception {
    Files.createDirectories(settings.data());
    if (Files.exists(settings.data().resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(settings.data().toAbsolutePath().toString())
        .addDirectory(settings.data().toAbsolutePath().toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .run();
  }
}
