package dev.bridle.inference.protocol;

import dev.bridle.events.Event;
import java.util.function.Supplier;

/** Takes events on their way to Kafka. */
public interface Outbox {
  /**
   * Never waits and never throws: an event that can't go is dropped, and a meter counts it.
   *
   * @param event made later, by another thread
   */
  void offer(Supplier<Event> event);
}
