package dev.bridle.trainer.runs;

/** Too many runs wait. */
public final class RunQueueFullException extends RuntimeException {
  RunQueueFullException(int limit, int waiting, int more) {
    super(
        "queue should hold at most %d runs: %d wait, and %d more were submitted; try again later"
            .formatted(limit, waiting, more));
  }
}
