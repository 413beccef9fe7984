package dev.bridle.events.wire;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The topics' names, and their settings as the checked-in {@code topics.json} states them. */
public final class Topics {
  public static final String RUNS = "training.runs";
  public static final String METRICS = "training.metrics";
  public static final String SIGNALS = "training.signals";
  public static final String ALERTS = "training.alerts";
  public static final String ACKNOWLEDGEMENTS = "training.acknowledgements";
  public static final String MODELS = "models";
  public static final String PREDICTIONS = "bridle.predictions";
  public static final String LABELS = "bridle.labels";

  /** The monitor's own: the policies that stand for an experiment, or for all. */
  public static final String POLICIES = "monitor.policies";

  /** The monitor's own: the curves of finished runs, by experiment. */
  public static final String CURVES = "monitor.curves";

  /** The trainers' own: which runs wait, and who has which. */
  public static final String QUEUE = "trainer.queue";

  /** Appended to a topic's name: where its malformed records go. */
  public static final String DEAD_LETTER_SUFFIX = ".dlq";

  /**
   * A topic as it is to be created.
   *
   * @param config Kafka's own topic settings, such as {@code cleanup.policy}
   */
  public record Settings(String name, int partitions, Map<String, String> config) {}

  private Topics() {}

  public static String deadLetters(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }

  /** Every topic, dead-letter twins included. */
  public static List<Settings> settings() {
    try (InputStream json = Topics.class.getResourceAsStream("topics.json")) {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("topics.json", e);
    }
  }
}
