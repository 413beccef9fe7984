package dev.bridle.inference.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.Event;
import dev.bridle.events.PredictionLabeled;
import dev.bridle.inference.protocol.EventMeters;
import dev.bridle.localstack.broker.FreePorts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaOutboxTest {
  private static final int BUFFERED = 16;
  private static final int OFFERED = 10_000;
  private static final Event EVENT =
      new PredictionLabeled("m", "1", Optional.empty(), List.of(1.0), Instant.EPOCH);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaOutbox outbox =
      new KafkaOutbox(
          Map.of("bootstrap.servers", "127.0.0.1:" + FreePorts.next()),
          BUFFERED,
          new EventMeters(meters));

  @AfterEach
  void close() throws InterruptedException {
    outbox.close();
  }

  @Test
  void withoutKafkaWhatTheBufferCannotHoldIsDroppedAtOnceAndCounted() {
    long start = System.nanoTime();
    for (int i = 0; i < OFFERED; i++) {
      outbox.offer(() -> EVENT);
    }
    // The sender waits 10 s for Kafka with one event in its hands.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(counted("full")).isBetween(OFFERED - BUFFERED - 1.0, (double) OFFERED - BUFFERED);
    assertThat(counted("sent")).isZero();
  }

  private double counted(String outcome) {
    return meters.get("bridle.inference.events").tag("outcome", outcome).counter().count();
  }
}
