package dev.bridle.benchmarks.bare;

/**
 * What the bare loop writes to a topic.
 *
 * @param perRecord how many records it writes for one that it reads; fractions add up
 * @param bytes the size of a record's value
 */
public record Output(String topic, double perRecord, int bytes) {
  /** From {@code topic:perRecord:bytes}. */
  static Output parse(String text) {
    String[] parts = text.split(":");
    return new Output(parts[0], Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
  }

  /** To what {@link #parse} reads. */
  public String text() {
    return topic + ":" + perRecord + ":" + bytes;
  }
}
