package dev.bridle.trainer.data;

/** Data that cannot be trained on; the message names the file, the line and the column. */
public final class DataException extends RuntimeException {
  public DataException(String message) {
    super(message);
  }

  /** What is wrong with one cell. */
  static DataException at(String source, String place, String column, String rule) {
    return new DataException("%s %s, column '%s' %s".formatted(source, place, column, rule));
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
