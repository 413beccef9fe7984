package dev.bridle.inference.protocol;

import dev.bridle.inference.engine.ModelFailedException;
import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.queue.QueueFullException;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Answers a call, or ends it with the status that says what REST says by its own. */
final class GrpcStatus {
  private static final Logger LOG = Logger.getLogger(GrpcStatus.class);

  private GrpcStatus() {}

  static <T> void answer(StreamObserver<T> to, Supplier<T> action) {
    T answer;
    try {
      answer = action.get();
    } catch (RuntimeException e) {
      to.onError(status(e).asRuntimeException());
      return;
    }
    to.onNext(answer);
    to.onCompleted();
  }

  private static Status status(RuntimeException e) {
    if (e instanceof ProtocolException refusal) {
      Status status =
          switch (refusal.status()) {
            case 404 -> Status.NOT_FOUND;
            case 413 -> Status.RESOURCE_EXHAUSTED;
            default -> Status.INVALID_ARGUMENT;
          };
      return status.withDescription(e.getMessage());
    }
    if (e instanceof ModelRefusedException) {
      return Status.INVALID_ARGUMENT.withDescription(e.getMessage());
    }
    if (e instanceof ModelFailedException) {
      return Status.INTERNAL.withDescription(e.getMessage());
    }
    if (e instanceof QueueFullException) {
      return Status.UNAVAILABLE.withDescription(e.getMessage());
    }
    LOG.error("A call failed unexpectedly", e);
    return Status.INTERNAL.withDescription("the server failed: its log tells more");
  }
}
