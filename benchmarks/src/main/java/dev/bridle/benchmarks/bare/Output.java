package dev.bridle.benchmarks.bare;

/**
 * What the bare loop or the bare topology writes to a topic.
 *
 * @param perRecord how many records it writes for one that it reads; fractions add up
 * @param bytes the size of a record's value, if its key is that of the record that was read
 */
public record Output(String topic, double perRecord, int bytes) {
  private static final String CHANGELOG = "-changelog";

  /** From {@code topic:perRecord:bytes}. */
  static Output parse(String text) {
    String[] parts = text.split(":");
    return new Output(parts[0], Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
  }

  /** To what {@link #parse} reads. */
  public String text() {
    return topic + ":" + perRecord + ":" + bytes;
  }

  /** The same to another topic. */
  public Output to(String other) {
    return new Output(other, perRecord, bytes);
  }

  /** Whether Kafka Streams writes it for a store. */
  public boolean isChangelog() {
    return topic.endsWith(CHANGELOG);
  }

  /** The store whose changelog it is in the application of that id. */
  String store(String application) {
    return topic.substring(application.length() + 1, topic.length() - CHANGELOG.length());
  }
}
