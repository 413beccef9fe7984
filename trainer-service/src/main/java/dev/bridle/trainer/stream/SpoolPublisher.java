package dev.bridle.trainer.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The one thread that moves the spool to Kafka: a record at a time, the oldest first, removed once
 * it is acknowledged and tried again until then.
 */
public final class SpoolPublisher {
  private static final Logger LOG = Logger.getLogger(SpoolPublisher.class);
  private static final long PAUSE_MILLIS = 500;
  private static final long SILENCE_SECONDS = 3;

  private final Spool spool;
  private final KafkaEmitter emitter;
  private final Counter published;
  private final Thread thread = new Thread(this::publish, "bridle-spool");
  private volatile boolean reachable = true;

  public SpoolPublisher(Spool spool, KafkaEmitter emitter, MeterRegistry meters) {
    this.spool = spool;
    this.emitter = emitter;
    this.published =
        Counter.builder("bridle.trainer.events")
            .description("Records that Kafka acknowledged")
            .baseUnit("events")
            .register(meters);
    Gauge.builder("bridle.trainer.spool.depth", spool, Spool::depth)
        .description("Records on disk that Kafka has not acknowledged yet")
        .baseUnit("events")
        .register(meters);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  public void stop() throws InterruptedException {
    thread.interrupt();
    thread.join(5000);
  }

  /** Whether the last attempt to publish went well. */
  boolean isKafkaReachable() {
    return reachable;
  }

  private void publish() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Spool.Entry entry = spool.awaitFirst();
        publish(entry);
        spool.remove(entry);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(Spool.Entry entry) throws InterruptedException {
    while (true) {
      try {
        await(emitter.send(entry.record()));
        published.increment();
        if (!reachable) {
          LOG.infof("Kafka is back: %d events follow", spool.depth());
        }
        reachable = true;
        return;
      } catch (ExecutionException | IllegalStateException e) {
        unreachable();
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private void await(CompletableFuture<Void> sent) throws InterruptedException, ExecutionException {
    try {
      sent.get(SILENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      unreachable();
      sent.get();
    }
  }

  private void unreachable() {
    if (reachable) {
      LOG.warn("Kafka does not answer: events wait on disk, training goes on");
    }
    reachable = false;
  }
}
