package dev.bridle.events.wire;

/**
 * A record that is no event: its message names the field, the limit and the value. It belongs into
 * the dead-letter topic, with the message as {@link DeadLetter#REASON}.
 */
public final class MalformedEventException extends RuntimeException {
  public MalformedEventException(String message) {
    super(message);
  }

  public MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
