package dev.bridle.inference.protocol;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;

/** Every infer request is counted once, by its mode and how it ended; samples beside it. */
@ApplicationScoped
public class InferenceMeters {
  /** How a request was answered. */
  enum Mode {
    PLAIN,
    SAMPLE
  }

  /** How it ended: as it should, by the client's fault, or by ours. */
  enum Outcome {
    SUCCESS,
    REFUSED,
    FAILED
  }

  private final MeterRegistry meters;

  InferenceMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  void count(Mode mode, Outcome outcome, long samples, Duration duration) {
    String modeTag = tag(mode);
    Counter.builder("bridle.inference.requests")
        .description("Infer requests")
        .baseUnit("requests")
        .tag("mode", modeTag)
        .tag("outcome", tag(outcome))
        .register(meters)
        .increment();
    Counter.builder("bridle.inference.samples")
        .description("Sub-networks drawn for requests that succeeded")
        .baseUnit("samples")
        .register(meters)
        .increment(samples);
    Timer.builder("bridle.inference.duration")
        .description("From the request's body to the answer's")
        .tag("mode", modeTag)
        .register(meters)
        .record(duration);
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
