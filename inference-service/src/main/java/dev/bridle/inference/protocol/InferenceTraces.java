package dev.bridle.inference.protocol;

import dev.bridle.inference.repository.ModelVersion;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells the span of a request, where there is one, what was asked of which model, and puts the wait
 * for a turn and the computation under it.
 */
@ApplicationScoped
public class InferenceTraces {
  private final Tracer tracer;
  private final boolean on;
  private final Clock clock = Clock.systemUTC();

  InferenceTraces(Tracer tracer, TracesConfig config) {
    this.tracer = tracer;
    this.on = config.endpoint().isPresent();
  }

  /**
   * Called when it was computed just now.
   *
   * @param duration the wait before it included
   */
  void computed(
      ModelVersion id, Computation computation, Computation.Result result, Duration duration) {
    if (!on) {
      return;
    }
    Span request = Span.current();
    if (!request.isRecording()) {
      return;
    }
    long samples = result.sampled().map(sampled -> (long) sampled.samples()).orElse(0L);
    request.setAttribute("bridle.model", id.model());
    request.setAttribute("bridle.version", id.version());
    request.setAttribute("bridle.rows", computation.rows());
    request.setAttribute("bridle.mc_samples", samples);
    Instant end = clock.instant();
    Instant turn = end.minusNanos(result.nanos());
    child("queue", end.minus(duration)).end(turn);
    child("compute", turn).setAttribute("bridle.batch", result.batch()).end(end);
  }

  private Span child(String name, Instant start) {
    return tracer.spanBuilder(name).setStartTimestamp(start).startSpan();
  }
}
