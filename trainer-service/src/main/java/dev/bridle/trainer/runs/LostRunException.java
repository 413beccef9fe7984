package dev.bridle.trainer.runs;

import dev.bridle.events.RunId;

/** Another trainer has the run now: nothing that is done to it here counts. */
final class LostRunException extends RuntimeException {
  LostRunException(RunId run) {
    super("run '%s' is another trainer's now".formatted(run));
  }
}
