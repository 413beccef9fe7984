package dev.bridle.trainer.spec;

/**
 * A field of a submission breaks its rule; the message names the field, the limit and the value.
 */
public final class InvalidFieldException extends IllegalArgumentException {
  private final String field;

  public InvalidFieldException(String field, String rule) {
    super(field + " " + rule);
    this.field = field;
  }

  /** Its full path, such as {@code training.epochs}. */
  public String field() {
    return field;
  }
}
