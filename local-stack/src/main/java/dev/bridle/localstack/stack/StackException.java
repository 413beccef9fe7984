package dev.bridle.localstack.stack;

/** The stack can't do what was asked; the message tells a person what to do. */
public final class StackException extends RuntimeException {
  StackException(String message) {
    super(message);
  }

  StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
