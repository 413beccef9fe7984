package dev.bridle.trainer.model;

/** A model beyond the limit. */
public final class ModelTooLargeException extends RuntimeException {
  ModelTooLargeException(long weights, long limit) {
    super("model should have at most %d weights: had %d".formatted(limit, weights));
  }
}
