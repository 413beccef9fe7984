package dev.bridle.localstack.broker;

/** The broker can't start; the message says where and why. */
public final class BrokerStartException extends RuntimeException {
  BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
