package dev.bridle.monitor.web;

import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Puts on Kafka what people ask for. */
@ApplicationScoped
class EventSender {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final MutinyEmitter<byte[]> emitter;
  private final EventCodec codec = new EventCodec(URI.create("/bridle/monitor"));

  EventSender(@Channel("requests") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Done once Kafka has acknowledged it; fails if it doesn't within some seconds. */
  Uni<Void> send(TrainingEvent event) {
    return send(codec.encode(event));
  }

  /** The same of any record; null for its value takes back what its key said. */
  Uni<Void> send(ProducerRecord<String, byte[]> record) {
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(record.topic())
            .withKey(record.key())
            .withHeaders(record.headers())
            .build();
    return emitter
        .sendMessage(Message.of(record.value()).addMetadata(metadata))
        .ifNoItem()
        .after(PATIENCE)
        .fail();
  }
}
