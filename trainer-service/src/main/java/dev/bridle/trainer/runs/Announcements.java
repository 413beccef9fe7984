package dev.bridle.trainer.runs;

import dev.bridle.events.TrainingEvent;

/** Where runs say what happens to them. */
public interface Announcements {
  /**
   * Takes the event over: it is on disk when this returns, and reaches its readers later, in order.
   * Never waits for them.
   */
  void announce(TrainingEvent event);
}
