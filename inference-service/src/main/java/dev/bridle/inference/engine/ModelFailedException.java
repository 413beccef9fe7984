package dev.bridle.inference.engine;

/** The runtime gave up on a request that the model's declaration allowed. */
public final class ModelFailedException extends RuntimeException {
  ModelFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
