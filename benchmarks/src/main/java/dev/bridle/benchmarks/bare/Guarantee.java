package dev.bridle.benchmarks.bare;

/** What a crash may do to the outputs; named as Kafka Streams' processing guarantees. */
public enum Guarantee {
  EXACTLY_ONCE("exactly_once_v2"),
  AT_LEAST_ONCE("at_least_once");

  private final String kafkaName;

  Guarantee(String kafkaName) {
    this.kafkaName = kafkaName;
  }

  /** As Kafka Streams' {@code processing.guarantee} spells it. */
  public String kafkaName() {
    return kafkaName;
  }
}
