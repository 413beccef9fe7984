package dev.bridle.benchmarks.latency;

import dev.bridle.benchmarks.bare.Guarantee;
import java.util.List;
import java.util.Locale;

/**
 * How monitor and bare loop commit.
 *
 * @param commitMillis the commit interval
 */
record Mode(Guarantee guarantee, int commitMillis) {
  /** From {@code exactly-once@10}. */
  static Mode parse(String text) {
    String[] parts = text.split("@");
    return new Mode(
        Guarantee.valueOf(parts[0].toUpperCase(Locale.ROOT).replace('-', '_')),
        Integer.parseInt(parts[1]));
  }

  /** The monitor's settings. */
  List<String> monitorProperties() {
    return List.of(
        "-Dkafka-streams.processing.guarantee=" + guarantee.kafkaName(),
        "-Dkafka-streams.commit.interval.ms=" + commitMillis);
  }

  @Override
  public String toString() {
    return guarantee.name().toLowerCase(Locale.ROOT).replace('_', '-') + "@" + commitMillis;
  }
}
