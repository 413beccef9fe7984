package dev.bridle.monitor.stream;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;

/**
 * Ends the topology when the service ends, and the process if the topology doesn't. A stream thread
 * that has lost its partitions to a broker that is gone waits for a rebalance that nobody will
 * complete, or a start for topics that nobody will tell of, and Kafka Streams, as Quarkus ends it,
 * waits for them. Nothing is lost: what wasn't committed is judged again.
 */
@ApplicationScoped
class TopologyEnd {
  private static final Logger LOG = Logger.getLogger(TopologyEnd.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FAILED = 1;

  /** Before Quarkus' own, which then finds it ended. */
  void end(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event,
      KafkaStreams streams) {
    // In a thread of its own: a start that waits for the broker holds the lock that the end needs.
    boolean ended =
        CompletableFuture.supplyAsync(() -> streams.close(PATIENCE))
            .completeOnTimeout(false, PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    if (!ended) {
      LOG.errorf("the topology has not ended after %d s: the process ends", PATIENCE.toSeconds());
      Runtime.getRuntime().halt(FAILED);
    }
  }
}
