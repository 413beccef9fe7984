package dev.bridle.monitor.stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.RunId;
import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.Topics;
import dev.bridle.localstack.testing.BrokerResource;
import dev.bridle.monitor.Curves;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The topology against a real broker, as a read-committed reader sees it. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class MonitorStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  private final EventCodec codec = new EventCodec(URI.create("/test"));

  @Test
  void stopsARunThatOverfitsExactlyOnceThoughEveryEpochComesTwice() {
    RunId run = new RunId("stopped-once");
    for (EpochCompleted epoch : Curves.overfitting(60)) {
      send(List.of(of(run, epoch), of(run, epoch)));
    }
    RunId last = new RunId("stopped-once-last");
    sendOverfitting(last);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(records(Topics.SIGNALS, run)).hasSize(1);
              assertThat(records(Topics.SIGNALS, last)).hasSize(1);
              assertThat(records(Topics.ALERTS, run)).hasSize(1);
            });
  }

  @Test
  void goesOnAfterAMalformedRecordAndSaysWhereAndWhy() {
    RunId run = new RunId("after-malformed");
    send(List.of(new ProducerRecord<>(Topics.METRICS, run.value(), "no event".getBytes(UTF_8))));
    sendOverfitting(run);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(records(Topics.SIGNALS, run)).hasSize(1);
              assertThat(records(Topics.deadLetters(Topics.METRICS), run))
                  .singleElement()
                  .satisfies(
                      record -> {
                        assertThat(record.value()).isEqualTo("no event".getBytes(UTF_8));
                        assertThat(
                                new String(
                                    record.headers().lastHeader(DeadLetter.REASON).value(), UTF_8))
                            .contains("not a CloudEvent");
                      });
            });
  }

  @Test
  void goesOnAfterTheBrokerWasAway() {
    RunId before = new RunId("before-outage");
    RunId after = new RunId("after-outage");
    sendOverfitting(before);
    await().atMost(PATIENCE).until(() -> records(Topics.SIGNALS, before).size() == 1);

    BrokerResource.outage(
        () -> {
          given().get("/q/health/live").then().statusCode(200);
          given().get("/q/health/ready").then().statusCode(200);
          given().get("/v1/runs").then().statusCode(200);
        });
    sendOverfitting(after);

    await().atMost(PATIENCE).until(() -> records(Topics.SIGNALS, after).size() == 1);
    assertThat(records(Topics.SIGNALS, before)).hasSize(1);
  }

  private ProducerRecord<String, byte[]> of(RunId run, EpochCompleted epoch) {
    return codec.encode(
        new EpochCompleted(run, epoch.attempt(), epoch.epoch(), epoch.metrics(), epoch.time()));
  }

  private void sendOverfitting(RunId run) {
    send(Curves.overfitting(60).stream().map(epoch -> of(run, epoch)).toList());
  }

  private void send(List<ProducerRecord<String, byte[]>> records) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      records.forEach(producer::send);
    }
  }

  private List<ConsumerRecord<String, byte[]>> records(String topic, RunId run) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(Set.copyOf(partitions));
      List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (run.value().equals(record.key())) {
                    found.add(record);
                  }
                });
      }
      return found;
    }
  }
}
