package dev.bridle.trainer.spec;

/** A submission that cannot be read at all; the message says where and why. */
public final class InvalidSpecException extends IllegalArgumentException {
  public InvalidSpecException(String message) {
    super(message);
  }
}
