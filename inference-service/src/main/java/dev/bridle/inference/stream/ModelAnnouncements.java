package dev.bridle.inference.stream;

import dev.bridle.events.ModelExported;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.events.wire.MalformedEventException;
import dev.bridle.inference.repository.ModelInstaller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads the topic {@code models} from its beginning, in every instance, and has models installed.
 */
@ApplicationScoped
public class ModelAnnouncements {
  static final String CHANNEL = "models";

  private static final Logger LOG = Logger.getLogger(ModelAnnouncements.class);

  private final ModelInstaller installer;
  private final DeadLetters deadLetters;

  ModelAnnouncements(ModelInstaller installer, DeadLetters deadLetters) {
    this.installer = installer;
    this.deadLetters = deadLetters;
  }

  @Incoming(CHANNEL)
  CompletionStage<Void> read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      Optional<TrainingEvent> event = EventCodec.decode(record.headers(), record.value());
      if (event.orElse(null) instanceof ModelExported exported) {
        installer.install(exported);
      } else {
        LOG.debugf("Passed over offset %d: of a type that isn't read here", record.offset());
      }
      return CompletableFuture.completedFuture(null);
    } catch (MalformedEventException e) {
      return deadLetters.bury(record, e.getMessage());
    }
  }
}
