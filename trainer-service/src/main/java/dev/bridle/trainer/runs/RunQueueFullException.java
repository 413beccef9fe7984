package dev.bridle.trainer.runs;

/** Too many runs wait. */
public final class RunQueueFullException extends RuntimeException {
  RunQueueFullException(int limit) {
    super("queue should hold at most %d runs: it is full, try again later".formatted(limit));
  }
}
