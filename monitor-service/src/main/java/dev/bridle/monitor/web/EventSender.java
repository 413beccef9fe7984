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
import org.jboss.logging.Logger;

/** Puts on Kafka what people ask for. */
@ApplicationScoped
class EventSender {
  private static final Logger LOG = Logger.getLogger(EventSender.class);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final MutinyEmitter<byte[]> emitter;
  private final EventCodec codec = new EventCodec(URI.create("/bridle/monitor"));

  EventSender(@Channel("requests") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /**
   * Done once Kafka has acknowledged it. If it doesn't within some seconds, it fails with the
   * problem to answer with.
   *
   * @param otherwise what then has not been done: "the trainer was not asked to stop"
   */
  Uni<Void> send(TrainingEvent event, String otherwise) {
    return send(codec.encode(event), otherwise);
  }

  /** The same of any record; null for its value takes back what its key said. */
  Uni<Void> send(ProducerRecord<String, byte[]> record, String otherwise) {
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
        .fail()
        .onFailure()
        .transform(
            failure -> {
              LOG.warnf("%s, for %s: %s", otherwise, record.key(), failure);
              return new ProblemException(
                  Problem.unavailable("Kafka does not answer: " + otherwise));
            });
  }
}
