package dev.bridle.trainer.data;

/** Data that cannot be trained on; the message names the file, the line and the column. */
public final class DataException extends RuntimeException {
  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
