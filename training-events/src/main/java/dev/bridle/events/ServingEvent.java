package dev.bridle.events;

/** About a model that is served, which is the record's key and the event's subject. */
public sealed interface ServingEvent extends Event permits PredictionMade, PredictionLabeled {
  /** The name that it is served under. */
  String model();

  @Override
  default String subject() {
    return model();
  }
}
