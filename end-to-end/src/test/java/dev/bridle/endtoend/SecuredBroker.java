package dev.bridle.endtoend;

import dev.bridle.events.wire.RightsCreation;
import dev.bridle.events.wire.TopicCreation;
import dev.bridle.localstack.broker.FreePorts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka that is spoken to over TLS by users with passwords (SCRAM-SHA-512) and the rights
 * that Bridle grants them. The plain listener of its own is the way in for whoever sets it up.
 */
final class SecuredBroker implements AutoCloseable {
  private static final String SCRAM = ScramLoginModule.class.getName();

  /** It and its clients log every refusal, and refusals are what is tested. */
  private static final List<Logger> SILENT =
      Stream.of("kafka", "org.apache.kafka", "state.change.logger").map(Logger::getLogger).toList();

  private final Path folder;
  private final int port = FreePorts.next();
  private final int plainPort = FreePorts.next();
  private final int controllerPort = FreePorts.next();
  private final Certificate certificate;
  private final KafkaRaftServer server;

  private SecuredBroker(Path folder) throws Exception {
    this.folder = folder;
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
    certificate = Certificate.make(folder, "broker");
    format();
    server = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
    server.startup();
  }

  /** With every topic, every user and its rights; a user's password is {@link #password}. */
  static SecuredBroker start(Path folder, List<String> users) throws Exception {
    SecuredBroker broker = new SecuredBroker(folder);
    Map<String, Object> plain = Map.of("bootstrap.servers", "127.0.0.1:" + broker.plainPort);
    TopicCreation.createMissing(plain, (short) 1);
    try (Admin admin = Admin.create(plain)) {
      List<UserScramCredentialAlteration> credentials =
          users.stream().map(SecuredBroker::credential).toList();
      admin.alterUserScramCredentials(credentials).all().get();
      RightsCreation.create(admin);
    }
    return broker;
  }

  private static UserScramCredentialAlteration credential(String user) {
    return new UserScramCredentialUpsertion(
        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password(user));
  }

  static String password(String user) {
    return user + "-of-bridle";
  }

  int port() {
    return port;
  }

  /** What a client of this user needs to be told. */
  Map<String, String> client(String user, String password) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "127.0.0.1:" + port);
    settings.put("security.protocol", "SASL_SSL");
    settings.put("sasl.mechanism", "SCRAM-SHA-512");
    settings.put(
        "sasl.jaas.config",
        SCRAM + " required username=\"%s\" password=\"%s\";".formatted(user, password));
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", certificate.pem().toString());
    return settings;
  }

  private Properties properties() throws IOException {
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%3$d
            controller.listener.names=CONTROLLER
            listeners=SECURED://127.0.0.1:%1$d,PLAIN://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
            listener.security.protocol.map=SECURED:SASL_SSL,PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=PLAIN
            sasl.enabled.mechanisms=SCRAM-SHA-512
            listener.name.secured.scram-sha-512.sasl.jaas.config=%4$s required;
            ssl.keystore.type=PKCS12
            ssl.keystore.location=%5$s/broker.p12
            ssl.keystore.password=%6$s
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            super.users=User:ANONYMOUS
            log.dirs=%5$s/kafka
            auto.create.topics.enable=false
            default.replication.factor=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=4
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=4
            group.initial.rebalance.delay.ms=0
            log.cleaner.dedupe.buffer.size=10485760
            """
                .formatted(port, plainPort, controllerPort, SCRAM, folder, Certificate.PASSWORD)));
    return properties;
  }

  private void format() throws Exception {
    String logs = Files.createDirectories(folder.resolve("kafka")).toString();
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logs)
        .addDirectory(logs)
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .run();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
