package dev.bridle.localstack.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Where a broker listens and keeps its data.
 *
 * @param data the folder of its logs; formatted at the first start, kept between starts
 * @param port of the clients' listener, on the loopback address
 * @param controllerPort of the KRaft controller's listener, on the loopback address
 */
public record BrokerSettings(Path data, int port, int controllerPort) {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String HOST = "127.0.0.1";

  public BrokerSettings {
    requirePort("port", port);
    requirePort("controllerPort", controllerPort);
    if (port == controllerPort) {
      throw new IllegalArgumentException("port and controllerPort should differ: both " + port);
    }
  }

  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** A combined node, with everything that a single machine needs not replicate at one replica. */
  Properties kafkaProperties() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            String.valueOf(NODE_ID),
            "controller.quorum.voters",
            NODE_ID + "@" + HOST + ":" + controllerPort,
            "controller.listener.names",
            CONTROLLER_LISTENER,
            "listeners",
            "PLAINTEXT://%s:%d,%s://%s:%d"
                .formatted(HOST, port, CONTROLLER_LISTENER, HOST, controllerPort),
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
            "log.dirs",
            data.toAbsolutePath().toString(),
            "auto.create.topics.enable",
            "false",
            "log.cleaner.dedupe.buffer.size",
            "10485760"));
    properties.putAll(
        Map.of(
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "4"));
    // A killed broker is back in seconds: its old session and its old vote must not be waited out.
    properties.putAll(
        Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "broker.session.timeout.ms", "2000",
            "broker.heartbeat.interval.ms", "200",
            "controller.quorum.election.timeout.ms", "200",
            "controller.quorum.election.backoff.max.ms", "200",
            "controller.quorum.fetch.timeout.ms", "400"));
    return properties;
  }

  private static void requirePort(String key, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(key + " should be between 1 and 65535: was " + port);
    }
  }
}
