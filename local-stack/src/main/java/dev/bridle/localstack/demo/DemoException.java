package dev.bridle.localstack.demo;

/** The demonstration can't go on; the message tells a person why and what to do. */
public final class DemoException extends RuntimeException {
  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
