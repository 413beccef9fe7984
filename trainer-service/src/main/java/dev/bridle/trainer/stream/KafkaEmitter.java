package dev.bridle.trainer.stream;

import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Sends single records. */
@ApplicationScoped
public class KafkaEmitter {
  private final Emitter<byte[]> emitter;

  public KafkaEmitter(@Channel("events") Emitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Completes once Kafka has acknowledged the record, or fails. */
  CompletableFuture<Void> send(SpooledRecord record) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    OutgoingKafkaRecordMetadata<String> metadata =
        OutgoingKafkaRecordMetadata.<String>builder()
            .withTopic(record.topic())
            .withKey(record.key())
            .withTimestamp(Instant.ofEpochMilli(record.timestamp()))
            .withHeaders(record.headers())
            .build();
    emitter.send(
        Message.of(record.value() == null ? new byte[0] : record.value())
            .addMetadata(metadata)
            .withAck(
                () -> {
                  sent.complete(null);
                  return CompletableFuture.completedFuture(null);
                })
            .withNack(
                failure -> {
                  sent.completeExceptionally(failure);
                  return CompletableFuture.completedFuture(null);
                }));
    return sent;
  }
}
