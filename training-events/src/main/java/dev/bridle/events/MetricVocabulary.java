package dev.bridle.events;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The metrics that trainer, monitor, console and dashboards share, read from the checked-in {@code
 * metrics.json}.
 */
public record MetricVocabulary(List<Metric> metrics) {
  private static final MetricVocabulary SHARED = read();

  /** What a metric speaks of. */
  public enum Scope {
    RUN,
    LAYER,
    HEAD
  }

  /**
   * One entry.
   *
   * @param name for the scopes layer and head with a placeholder: {@code gradientNorm/<layer>},
   *     {@code <head>/accuracy}
   * @param unit {@code 1} for ratios and shares, {@code nat}, {@code s}, …
   * @param nullable whether an epoch may lack it
   */
  public record Metric(
      String name, String unit, Scope scope, boolean nullable, String description) {
    /** Whether a concrete name, such as {@code gradientNorm/dense1}, is an instance of this one. */
    public boolean matches(String concrete) {
      int open = name.indexOf('<');
      if (open < 0) {
        return name.equals(concrete);
      }
      String before = name.substring(0, open);
      String after = name.substring(name.indexOf('>') + 1);
      return concrete.startsWith(before)
          && concrete.endsWith(after)
          && concrete.length() > before.length() + after.length();
    }
  }

  public MetricVocabulary {
    metrics = List.copyOf(metrics);
  }

  /** The checked-in vocabulary. */
  public static MetricVocabulary shared() {
    return SHARED;
  }

  /** The entry of a concrete name; empty for a metric that only its trainer knows. */
  public Optional<Metric> entry(String concrete) {
    return metrics.stream().filter(metric -> metric.matches(concrete)).findFirst();
  }

  private static MetricVocabulary read() {
    try (InputStream json = MetricVocabulary.class.getResourceAsStream("metrics.json")) {
      return new MetricVocabulary(new ObjectMapper().readValue(json, new TypeReference<>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("metrics.json of the vocabulary", e);
    }
  }
}
