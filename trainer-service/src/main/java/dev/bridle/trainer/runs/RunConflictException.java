package dev.bridle.trainer.runs;

/** What its owner wants of a run does not go with where it is. */
public final class RunConflictException extends RuntimeException {
  RunConflictException(String message) {
    super(message);
  }

  RunConflictException(RunState state, String wanted) {
    this("run '%s' is %s: it cannot be %s".formatted(state.run(), state.phase(), wanted));
  }
}
