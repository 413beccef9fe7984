package dev.bridle.inference.protocol;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
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

  /** The span of the request that this thread serves now; one that records nothing without. */
  Span request() {
    return on ? Span.current() : Span.getInvalid();
  }

  /**
   * Called when it was computed just now.
   *
   * @param duration the wait before it included
   */
  void computed(Question question, Computation.Result result, Duration duration) {
    Span request = question.span();
    if (!request.isRecording()) {
      return;
    }
    long samples = result.sampled().map(sampled -> (long) sampled.samples()).orElse(0L);
    request.setAttribute("bridle.model", question.served().id().model());
    request.setAttribute("bridle.version", question.served().id().version());
    request.setAttribute("bridle.rows", question.computation().rows());
    request.setAttribute("bridle.mc_samples", samples);
    Instant end = clock.instant();
    Instant turn = end.minusNanos(result.nanos());
    Context parent = Context.root().with(request);
    child("queue", parent, end.minus(duration)).end(turn);
    child("compute", parent, turn).setAttribute("bridle.batch", result.batch()).end(end);
  }

  private Span child(String name, Context parent, Instant start) {
    return tracer.spanBuilder(name).setParent(parent).setStartTimestamp(start).startSpan();
  }
}
