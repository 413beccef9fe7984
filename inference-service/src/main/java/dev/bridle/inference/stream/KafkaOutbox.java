package dev.bridle.inference.stream;

import dev.bridle.events.Event;
import dev.bridle.events.wire.EventCodec;
import dev.bridle.inference.protocol.EventMeters;
import dev.bridle.inference.protocol.EventMeters.Outcome;
import dev.bridle.inference.protocol.Outbox;
import dev.bridle.inference.protocol.PredictionsConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * A bounded buffer, and one thread that empties it into Kafka. It starts with the first event, so
 * that a service which says nothing has neither.
 */
@ApplicationScoped
class KafkaOutbox implements Outbox {
  private static final Logger LOG = Logger.getLogger(KafkaOutbox.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final EventCodec codec = new EventCodec(URI.create("/bridle/inference"));
  private final Map<String, Object> settings;
  private final BlockingQueue<Supplier<Event>> waiting;
  private final EventMeters meters;
  private Thread sender;
  private Producer<String, byte[]> producer;

  @Inject
  KafkaOutbox(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      PredictionsConfig config,
      EventMeters meters) {
    this(kafka, config.buffered(), meters);
  }

  KafkaOutbox(Map<String, Object> kafka, int buffered, EventMeters meters) {
    this.waiting = new ArrayBlockingQueue<>(buffered);
    this.meters = meters;
    this.settings = new HashMap<>(kafka);
    settings.put("linger.ms", "20");
    // What waits within the client is bounded too, in size and in time.
    settings.put("buffer.memory", "8388608");
    settings.put("max.block.ms", "10000");
    settings.put("request.timeout.ms", "10000");
    settings.put("delivery.timeout.ms", "30000");
  }

  @Override
  public void offer(Supplier<Event> event) {
    if (waiting.offer(event)) {
      start();
    } else {
      meters.count(Outcome.FULL);
    }
  }

  private synchronized void start() {
    if (sender == null) {
      sender = new Thread(this::send, "event-outbox");
      sender.setDaemon(true);
      sender.start();
    }
  }

  private void send() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        send(waiting.take());
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the outbox closes");
    } finally {
      if (producer != null) {
        producer.close(LAST_WORDS);
      }
    }
  }

  private void send(Supplier<Event> event) {
    try {
      if (producer == null) {
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
      }
      producer.send(
          codec.encode(event.get()),
          (metadata, failure) -> meters.count(failure == null ? Outcome.SENT : Outcome.FAILED));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
      LOG.debugf(e, "an event was dropped");
      meters.count(Outcome.FAILED);
    }
  }

  @PreDestroy
  synchronized void close() throws InterruptedException {
    if (sender != null) {
      sender.interrupt();
      sender.join(LAST_WORDS.multipliedBy(2).toMillis());
    }
  }
}
