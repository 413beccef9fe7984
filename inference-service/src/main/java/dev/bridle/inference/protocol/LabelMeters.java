package dev.bridle.inference.protocol;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Late labels are counted once each time that they come, by REST or Kafka. */
@ApplicationScoped
public class LabelMeters {
  /** What became of an answer's labels. */
  public enum Outcome {
    JOINED,
    /** No answer waits for them: it was forgotten, has labels, or another instance gave it. */
    UNKNOWN,
    /** They are no labels, or none of that answer. */
    MALFORMED
  }

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  LabelMeters(MeterRegistry meters) {
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("bridle.inference.labels")
              .description("Answers whose labels came, by what became of them")
              .baseUnit("answers")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  public void count(Outcome outcome) {
    counters.get(outcome).increment();
  }
}
