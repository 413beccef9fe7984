package dev.bridle.inference.stream;

import dev.bridle.events.PredictionLabeled;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.inference.protocol.LabelMeters;
import dev.bridle.inference.protocol.LiveLabels;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Reads late labels, in every instance, since any of them may have given the answer. What was said
 * before a start is of no use to it, whose answers are all to come.
 */
@ApplicationScoped
public class LabelEvents {
  private final LiveLabels liveLabels;
  private final LabelMeters meters;
  private final DeadLetters deadLetters;

  LabelEvents(LiveLabels liveLabels, LabelMeters meters, DeadLetters deadLetters) {
    this.liveLabels = liveLabels;
    this.meters = meters;
    this.deadLetters = deadLetters;
  }

  @Incoming("labels")
  CompletionStage<Void> read(ConsumerRecord<String, byte[]> record) {
    try {
      labels(record).ifPresent(liveLabels::join);
      return CompletableFuture.completedFuture(null);
    } catch (MalformedEventException e) {
      meters.count(LabelMeters.Outcome.MALFORMED);
      return deadLetters.bury(record, e.getMessage());
    }
  }

  private static Optional<PredictionLabeled> labels(ConsumerRecord<String, byte[]> record) {
    return EventCodec.decode(record.headers(), record.value(), PredictionLabeled.class);
  }
}
