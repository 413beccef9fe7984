package dev.bridle.trainer.runs;

/** The queue that trainers share does not answer. */
public final class RunQueueAwayException extends RuntimeException {
  public RunQueueAwayException(String wanted, Throwable cause) {
    super(
        "the queue in Kafka does not answer: whether %s is not known; with an Idempotency-Key a"
                .formatted(wanted)
            + " submission can be repeated safely",
        cause);
  }
}
