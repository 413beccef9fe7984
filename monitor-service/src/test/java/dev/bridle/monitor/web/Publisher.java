package dev.bridle.monitor.web;

import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says events as a trainer does. */
final class Publisher {
  private Publisher() {}

  /** Done once Kafka has them all. */
  static void publish(String brokers, TrainingEvent... said) {
    EventCodec codec = new EventCodec(URI.create("/bridle/test"));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      Stream.of(said).map(codec::encode).forEach(producer::send);
    }
  }
}
