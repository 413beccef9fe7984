package dev.bridle.localstack.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.wire.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
  @TempDir Path folder;

  @Test
  void createsEveryTopicWithItsSettings() throws Exception {
    try (LocalBroker broker = LocalBroker.start(freeSettings());
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<String> names = Topics.settings().stream().map(Topics.Settings::name).toList();

      var described = admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS);

      assertThat(described).hasSameSizeAs(names);
      assertThat(described.get(Topics.METRICS).partitions()).hasSize(4);
    }
  }

  @Test
  void keepsItsDataOverARestart() throws Exception {
    BrokerSettings settings = freeSettings();
    TopicPartition partition = new TopicPartition(Topics.METRICS, 0);
    try (LocalBroker broker = LocalBroker.start(settings);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(partition.topic(), partition.partition(), "run", "kept"))
          .get(30, TimeUnit.SECONDS);
    }

    try (LocalBroker broker = LocalBroker.start(settings);
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));

      assertThat(consumer.poll(Duration.ofSeconds(30)))
          .extracting(ConsumerRecord::value)
          .containsExactly("kept");
    }
  }

  @Test
  void saysWhichAddressIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BrokerSettings settings = new BrokerSettings(folder, taken.getLocalPort(), FreePorts.next());

      assertThatThrownBy(() -> LocalBroker.start(settings))
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void refusesAPortOutOfRange() {
    assertThatThrownBy(() -> new BrokerSettings(folder, 70_000, 9093))
        .hasMessage("port should be between 1 and 65535: was 70000");
  }

  private BrokerSettings freeSettings() {
    return new BrokerSettings(folder, FreePorts.next(), FreePorts.next());
  }
}
