package dev.bridle.inference.stream;

import dev.bridle.inference.repository.ModelInstaller;
import dev.bridle.inference.repository.ModelRepositoryConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready once every model that was announced before the start is served or given up, so that a new
 * instance gets no request for a model that it has yet to fetch. Kafka or a trainer that is away
 * holds it up for a while only: then it serves what its folder has. What is ready stays so, and
 * where announcements aren't read there is nothing to wait for.
 */
@Readiness
@ApplicationScoped
public class AnnouncementsHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(AnnouncementsHealth.class);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ModelInstaller installer;
  private final ModelRepositoryConfig config;
  private final KafkaClientService clients;
  private final boolean listens;
  private final Clock clock = Clock.systemUTC();
  private Instant started = clock.instant();
  private boolean fetched;
  private boolean ready;

  AnnouncementsHealth(
      ModelInstaller installer,
      ModelRepositoryConfig config,
      KafkaClientService clients,
      @ConfigProperty(name = "mp.messaging.incoming.models.enabled", defaultValue = "true")
          boolean listens) {
    this.installer = installer;
    this.config = config;
    this.clients = clients;
    this.listens = listens;
  }

  synchronized void start(@Observes StartupEvent event) {
    started = clock.instant();
  }

  @Override
  public synchronized HealthCheckResponse call() {
    ready = ready || !listens || isSettled() || isTooLong();
    return HealthCheckResponse.named("announced models").status(ready).build();
  }

  /** One look lies between the two, so that what was fetched from Kafka is handed on. */
  private boolean isSettled() {
    boolean handedOn = fetched;
    fetched = fetched || hasFetchedAll();
    return handedOn && installer.isIdle();
  }

  private boolean isTooLong() {
    return clock.instant().isAfter(started.plus(config.announcementsPatience()));
  }

  private boolean hasFetchedAll() {
    try {
      return clients
          .getConsumer(ModelAnnouncements.CHANNEL)
          .runOnPollingThread(AnnouncementsHealth::isAtTheEnd)
          .await()
          .atMost(PATIENCE);
    } catch (RuntimeException e) {
      LOG.debugf("how far the announcements are read is unknown: %s", e);
      return false;
    }
  }

  private static boolean isAtTheEnd(Consumer<?, ?> consumer) {
    return !consumer.assignment().isEmpty()
        && consumer.endOffsets(consumer.assignment(), ANSWER).entrySet().stream()
            .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
  }
}
