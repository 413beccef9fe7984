package dev.bridle.localstack.service;

/** A service refuses, or does not answer; the message tells a person why and what to do. */
public class ServiceException extends RuntimeException {
  public ServiceException(String message) {
    super(message);
  }

  public ServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
