package dev.bridle.monitor.stream;

import dev.bridle.monitor.config.MonitorConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What Quarkus runs: the topology, and what happens when one of its threads fails. */
@ApplicationScoped
public class StreamsBeans {
  private static final Logger LOG = Logger.getLogger(StreamsBeans.class);

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Topology topology(MonitorConfig config, MeterRegistry registry, Clock clock) {
    return MonitorTopology.of(config, new MonitorMeters(registry, clock), clock);
  }

  @Produces
  @Singleton
  KafkaStreams.StateListener localState(
      MonitorConfig config,
      @ConfigProperty(name = "quarkus.kafka-streams.application-id") String application,
      @Identifier("default-kafka-broker") Map<String, Object> kafka) {
    return new LocalState(config.stateDir().resolve(application), new KafkaCluster(kafka)::id);
  }

  /** A broker that is away for long must not end the monitor: its thread starts anew. */
  @Produces
  @Singleton
  StreamsUncaughtExceptionHandler handler() {
    return failure -> {
      LOG.warnf("a stream thread failed and is replaced: %s", failure);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    };
  }
}
