package dev.bridle.monitor.web;

import dev.bridle.events.SignalIssued;
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

/** Puts a person's signal beside those of the rules. */
@ApplicationScoped
class SignalSender {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final MutinyEmitter<byte[]> emitter;
  private final EventCodec codec = new EventCodec(URI.create("/bridle/monitor"));

  SignalSender(@Channel("manual-signals") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Done once Kafka has acknowledged it; fails if it doesn't within some seconds. */
  Uni<Void> send(SignalIssued signal) {
    ProducerRecord<String, byte[]> record = codec.encode(signal);
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
