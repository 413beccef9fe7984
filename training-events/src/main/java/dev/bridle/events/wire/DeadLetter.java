package dev.bridle.events.wire;

/** The headers of a record in a dead-letter topic; value, key and its own headers are unchanged. */
public final class DeadLetter {
  public static final String REASON = "dead-letter-reason";
  public static final String TOPIC = "dead-letter-topic";
  public static final String PARTITION = "dead-letter-partition";
  public static final String OFFSET = "dead-letter-offset";

  private DeadLetter() {}
}
