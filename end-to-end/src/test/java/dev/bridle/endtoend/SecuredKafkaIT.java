package dev.bridle.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.events.RunId;
import dev.bridle.events.wire.RightsCreation;
import dev.bridle.localstack.process.ProcessSpec;
import dev.bridle.localstack.stack.BridleServices;
import dev.bridle.localstack.stack.Service;
import dev.bridle.localstack.stack.Stack;
import dev.bridle.localstack.stack.StackLayout;
import dev.bridle.localstack.stack.StackPorts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The services have the rights over Kafka that they need, and nobody has others. */
class SecuredKafkaIT {
  private static final List<String> SERVICES =
      List.of(BridleServices.TRAINER, BridleServices.MONITOR, BridleServices.INFERENCE);

  @TempDir static Path home;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    Path folder = Files.createDirectories(home.resolve("broker"));
    broker =
        SecuredBroker.start(
            folder, Stream.concat(SERVICES.stream(), Stream.of("stranger")).toList());
  }

  @AfterAll
  static void end() {
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void theLoopRunsOverTlsWithTheRightsOfEachService() {
    try (LiveStack stack = LiveStack.of(services())) {
      RunId run = stack.submit(LiveStack.spec("digits-dropout.json", "secured"));

      JsonNode ended = stack.awaitSuccess(run);

      assertThat(ended.at("/outcome/kind").asText()).isEqualTo("stoppedEarly");
      URI model = stack.processes().layout().inference().resolve("/v2/models/secured/ready");
      await()
          .atMost(LiveStack.LONG)
          .ignoreExceptions()
          .until(() -> stack.read(model).path("ready").asBoolean());
      await()
          .atMost(LiveStack.LONG)
          .untilAsserted(
              () ->
                  assertThat(stack.monitored(run).at("/decisions/0/answer/kind").asText())
                      .isEqualTo("applied"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stranger, training.metrics",
    "inference, training.signals",
    "inference, training.metrics",
    "inference, models",
    "inference, trainer.queue",
    "trainer, training.signals",
    "trainer, monitor.policies",
    "monitor, trainer.queue",
    "monitor, models"
  })
  void nobodyWritesWhatIsNotItsToWrite(String user, String topic) {
    Map<String, Object> settings = client(user, SecuredBroker.password(user));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, new byte[0])).get())
          .hasRootCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"stranger, models", "trainer, bridle.labels", "inference, training.metrics"})
  void nobodyReadsWhatIsNotItsToRead(String user, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(user)) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      assertThatThrownBy(() -> consumer.position(new TopicPartition(topic, 0)))
          .isInstanceOf(TopicAuthorizationException.class);
    }
  }

  /** Whoever joins the monitors' group takes runs from them. */
  @Test
  void nobodyJoinsTheGroupOfOthers() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(BridleServices.INFERENCE)) {
      consumer.subscribe(List.of("models"));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
          .isInstanceOf(GroupAuthorizationException.class);
    }
  }

  @Test
  void noServiceGivesRights() {
    for (String service : SERVICES) {
      try (Admin admin = Admin.create(client(service, SecuredBroker.password(service)))) {
        assertThatThrownBy(() -> RightsCreation.create(admin))
            .hasRootCauseInstanceOf(ClusterAuthorizationException.class);
      }
    }
  }

  @Test
  void aWrongPasswordOpensNothing() {
    assertRefused(client(BridleServices.MONITOR, "a guess"), SaslAuthenticationException.class);
  }

  @Test
  void anotherCertificateThanTheTrustedIsNotSpokenTo() {
    Map<String, Object> settings =
        client(BridleServices.MONITOR, SecuredBroker.password(BridleServices.MONITOR));
    settings.remove("ssl.truststore.type");
    settings.remove("ssl.truststore.location");
    assertRefused(settings, SslAuthenticationException.class);
  }

  @Test
  void whoSpeaksInPlainTextIsNotAnswered() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", "127.0.0.1:" + broker.port());
    assertRefused(settings, TimeoutException.class);
  }

  private static void assertRefused(
      Map<String, Object> settings, Class<? extends Exception> refusal) {
    settings.put("default.api.timeout.ms", 3_000);
    settings.put("request.timeout.ms", 2_000);
    try (Admin admin = Admin.create(settings)) {
      assertThatThrownBy(() -> admin.describeCluster().clusterId().get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(refusal);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String user) {
    Map<String, Object> settings = client(user, SecuredBroker.password(user));
    settings.put("group.id", "bridle-monitor");
    settings.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> client(String user, String password) {
    return new HashMap<>(broker.client(user, password));
  }

  /** The services, told of Kafka what an operator tells them. */
  private static Stack services() {
    StackLayout layout =
        BridleServices.layout(LiveStack.PROJECT, home, new StackPorts(broker.port(), 0, 0, 0, 0));
    return new Stack(
        new StackLayout(
            home,
            layout.ports(),
            SERVICES.stream().map(layout::service).map(SecuredKafkaIT::secured).toList()),
        Clock.systemUTC());
  }

  private static Service secured(Service service) {
    ProcessSpec process = service.process();
    List<String> command = new ArrayList<>(List.of("env"));
    broker
        .client(process.name(), SecuredBroker.password(process.name()))
        .forEach((key, value) -> command.add(variable(key) + "=" + value));
    command.addAll(process.command());
    return new Service(
        new ProcessSpec(process.name(), command, process.folder(), process.log()),
        service.address(),
        service.ports(),
        service.readiness());
  }

  /** As a container is told it: {@code KAFKA_SECURITY_PROTOCOL} and so on. */
  private static String variable(String setting) {
    return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
