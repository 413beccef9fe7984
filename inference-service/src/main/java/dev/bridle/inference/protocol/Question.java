package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.Leases;
import dev.bridle.inference.repository.ServedModel;
import io.opentelemetry.api.trace.Span;

/**
 * An infer request that is read, held against its model and planned, but not yet computed. The
 * model stays whole until this is closed.
 *
 * @param start when it began to be read, by {@link System#nanoTime}
 * @param ready when it could be computed
 * @param span of the request, under which its computation is told
 */
record Question(
    ServedModel served,
    Leases.Lease lease,
    InferRequest request,
    AnswerPlan plan,
    Promises promises,
    Computation computation,
    long start,
    long ready,
    Span span)
    implements AutoCloseable {

  @Override
  public void close() {
    lease.close();
  }
}
