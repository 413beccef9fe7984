package dev.bridle.inference.graph;

/** A model that can't be served, or not in the way that was asked for; the message says why. */
public final class ModelRefusedException extends RuntimeException {
  public ModelRefusedException(String message) {
    super(message);
  }

  public ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
