package dev.bridle.inference.stream;

import dev.bridle.events.wire.DeadLetter;
import dev.bridle.events.wire.Topics;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Where malformed records go, whole, with the reason. Every instance reads its topics, models from
 * the beginning, so a record may be buried again; topic, partition and offset tell it.
 */
@ApplicationScoped
public class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final Emitter<byte[]> emitter;

  DeadLetters(@Channel("dead-letters") Emitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Completes when the broker has the letter, or when it is given up with a line in the log. */
  CompletionStage<Void> bury(ConsumerRecord<String, byte[]> record, String reason) {
    LOG.warnf(
        "%s-%d offset %d is malformed: %s",
        record.topic(), record.partition(), record.offset(), reason);
    RecordHeaders headers = new RecordHeaders(record.headers().toArray());
    headers.add(DeadLetter.REASON, text(reason));
    headers.add(DeadLetter.TOPIC, text(record.topic()));
    headers.add(DeadLetter.PARTITION, text(Integer.toString(record.partition())));
    headers.add(DeadLetter.OFFSET, text(Long.toString(record.offset())));
    CompletableFuture<Void> done = new CompletableFuture<>();
    Message<byte[]> letter =
        Message.of(
                record.value(),
                () -> {
                  done.complete(null);
                  return CompletableFuture.completedFuture(null);
                },
                failure -> {
                  LOG.errorf(failure, "a dead letter was lost: %s", reason);
                  done.complete(null);
                  return CompletableFuture.completedFuture(null);
                })
            .addMetadata(
                OutgoingKafkaRecordMetadata.<String>builder()
                    .withTopic(Topics.deadLetters(record.topic()))
                    .withKey(record.key())
                    .withHeaders(headers)
                    .build());
    emitter.send(letter);
    return done;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
