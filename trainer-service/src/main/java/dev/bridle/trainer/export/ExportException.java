package dev.bridle.trainer.export;

/** A model that may not be announced, and why, with the numbers. */
public final class ExportException extends RuntimeException {
  ExportException(String message) {
    super(message);
  }
}
