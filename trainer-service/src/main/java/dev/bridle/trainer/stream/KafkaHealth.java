package dev.bridle.trainer.stream;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Tells of Kafka, and is up without it: training goes on, the spool fills. */
public final class KafkaHealth implements HealthCheck {
  private final Spool spool;
  private final SpoolPublisher publisher;

  public KafkaHealth(Spool spool, SpoolPublisher publisher) {
    this.spool = spool;
    this.publisher = publisher;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("kafka")
        .up()
        .withData("reachable", publisher.isKafkaReachable())
        .withData("spoolDepth", spool.depth())
        .build();
  }
}
