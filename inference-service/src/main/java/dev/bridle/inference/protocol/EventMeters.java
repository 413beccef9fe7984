package dev.bridle.inference.protocol;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Every event that was to go to Kafka is counted once, by what became of it. */
@ApplicationScoped
public class EventMeters {
  /** What became of an event: all but the first were dropped. */
  public enum Outcome {
    SENT,
    /** The buffer had no room for it. */
    FULL,
    /** Kafka was away for too long, or refused it. */
    FAILED,
    /** It had too many numbers. */
    OVERSIZED
  }

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  public EventMeters(MeterRegistry meters) {
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("bridle.inference.events")
              .description("Events for Kafka, by what became of them")
              .baseUnit("events")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  public void count(Outcome outcome) {
    counters.get(outcome).increment();
  }
}
