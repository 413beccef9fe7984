package dev.bridle.localstack.process;

/** A process can't be started; the message says which and why. */
public final class ProcessStartException extends RuntimeException {
  ProcessStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
