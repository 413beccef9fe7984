package dev.bridle.inference.protocol;

/** A request that isn't answered; the message names the field, the limit and the value. */
final class ProtocolException extends RuntimeException {
  private final int status;

  private ProtocolException(int status, String message) {
    super(message);
    this.status = status;
  }

  static ProtocolException badRequest(String message, Object... values) {
    return new ProtocolException(400, message.formatted(values));
  }

  static ProtocolException notFound(String message, Object... values) {
    return new ProtocolException(404, message.formatted(values));
  }

  static ProtocolException tooLarge(String message, Object... values) {
    return new ProtocolException(413, message.formatted(values));
  }

  boolean isNotFound() {
    return status == 404;
  }

  int status() {
    return status;
  }
}
