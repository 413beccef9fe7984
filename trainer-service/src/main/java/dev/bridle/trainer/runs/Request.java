package dev.bridle.trainer.runs;

import java.util.function.Consumer;

/** What an owner may ask of a run that has not ended. */
public enum Request {
  CANCEL(Run::cancel),
  PAUSE(Run::pause),
  RESUME(Run::resume);

  private final Consumer<Run> action;

  Request(Consumer<Run> action) {
    this.action = action;
  }

  /**
   * @throws RunConflictException if the run is where that cannot be done
   */
  void of(Run run) {
    action.accept(run);
  }
}
