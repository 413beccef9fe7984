package dev.bridle.inference.queue;

/** Work that isn't done because too much waits already, or it waited too long. */
public final class QueueFullException extends RuntimeException {
  QueueFullException(String message) {
    super(message);
  }
}
