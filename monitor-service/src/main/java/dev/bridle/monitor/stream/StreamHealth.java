package dev.bridle.monitor.stream;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive as long as the topology can still judge. While the broker is away it waits, and the page
 * and REST go on with what is known: that is no reason to restart the process or to hide it.
 */
@Liveness
@ApplicationScoped
class StreamHealth implements HealthCheck {
  private final KafkaStreams streams;

  StreamHealth(KafkaStreams streams) {
    this.streams = streams;
  }

  @Override
  public HealthCheckResponse call() {
    KafkaStreams.State state = streams.state();
    return HealthCheckResponse.named("stream")
        .status(state != KafkaStreams.State.ERROR && state != KafkaStreams.State.NOT_RUNNING)
        .withData("state", state.name())
        .build();
  }
}
