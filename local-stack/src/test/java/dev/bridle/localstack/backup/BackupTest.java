package dev.bridle.localstack.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.broker.BrokerSettings;
import dev.bridle.localstack.broker.FreePorts;
import dev.bridle.localstack.broker.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final TopicPartition AT = new TopicPartition(Topics.SIGNALS, 1);

  @TempDir Path folder;

  @Test
  void recordsKeepKeysValuesHeadersAndTimestampsAndReadersTheirPlace() throws Exception {
    Path backup = folder.resolve("backup");
    List<String> before;
    try (LocalBroker broker = broker("first")) {
      Map<String, Object> client = client(broker);
      send(client);
      before = records(client);
      // Two records, the end of their transaction, the aborted one, its end; the third is unread.
      commit(client, 5);
      assertThat(new Backup(client, backup).take().records()).isEqualTo(3);
      assertThatThrownBy(() -> new Backup(client, backup).take())
          .hasMessageContaining("should hold no backup");
      assertThatThrownBy(() -> new Restore(client, backup).run())
          .hasMessage("training.signals should hold no records: it does");
    }
    try (LocalBroker broker = broker("second")) {
      Map<String, Object> client = client(broker);
      new Restore(client, backup).run();
      assertThat(before).hasSize(3);
      assertThat(records(client)).isEqualTo(before);
      assertThat(committed(client).offset()).isEqualTo(2);
      assertThat(committed(client).metadata()).isEqualTo("so far");
    }
  }

  @Test
  void aReaderAtWorkIsAskedToStop() throws Exception {
    try (LocalBroker broker = broker("busy");
        KafkaConsumer<byte[], byte[]> reader = consumer(client(broker))) {
      reader.subscribe(List.of(Topics.RUNS));
      while (reader.assignment().isEmpty()) {
        reader.poll(Duration.ofMillis(100));
      }
      assertThatThrownBy(() -> new Backup(client(broker), folder.resolve("backup")).take())
          .hasMessageContaining("readers does. Stop the services first.");
    }
  }

  private LocalBroker broker(String name) {
    return LocalBroker.start(
        new BrokerSettings(folder.resolve(name), FreePorts.next(), FreePorts.next()));
  }

  private static Map<String, Object> client(LocalBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static void send(Map<String, Object> client) throws Exception {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("transactional.id", "writer");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      RecordHeaders headers = new RecordHeaders();
      headers.add("twice", new byte[] {1}).add("twice", null);
      long today = System.currentTimeMillis();
      producer.send(record(today - 2_000, "key", new byte[] {0, -1}, headers));
      producer.send(record(today - 3_000, "key", null, new RecordHeaders()));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record(today, "aborted", new byte[0], new RecordHeaders())).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record(today, null, new byte[0], new RecordHeaders()));
      producer.commitTransaction();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      long timestamp, String key, byte[] value, RecordHeaders headers) {
    byte[] bytes = key == null ? null : key.getBytes();
    return new ProducerRecord<>(AT.topic(), AT.partition(), timestamp, bytes, value, headers);
  }

  private static List<String> records(Map<String, Object> client) {
    List<String> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
      consumer.assign(List.of(AT));
      consumer.seekToBeginning(List.of(AT));
      long end = consumer.endOffsets(List.of(AT)).get(AT);
      while (consumer.position(AT) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          all.add(
              Arrays.toString(record.key())
                  + Arrays.toString(record.value())
                  + record.headers()
                  + record.timestamp());
        }
      }
    }
    return all;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("group.id", "readers");
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void commit(Map<String, Object> client, long offset) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
      consumer.assign(List.of(AT));
      consumer.commitSync(Map.of(AT, new OffsetAndMetadata(offset, "so far")));
    }
  }

  private static OffsetAndMetadata committed(Map<String, Object> client) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
      return consumer.committed(Set.of(AT)).get(AT);
    }
  }
}
