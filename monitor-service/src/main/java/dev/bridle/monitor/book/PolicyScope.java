package dev.bridle.monitor.book;

import java.util.Optional;

/**
 * Which runs a standing policy is for, as the key of its record: {@code default} or {@code
 * experiment/NAME}.
 */
public record PolicyScope(String key) {
  private static final String EXPERIMENTS = "experiment/";

  /** All runs that bring no policy. */
  public static final PolicyScope DEFAULT = new PolicyScope("default");

  /** The runs of an experiment that bring none. */
  public static PolicyScope experiment(String name) {
    return new PolicyScope(EXPERIMENTS + name);
  }

  /** Empty for the default. */
  public Optional<String> experiment() {
    return key.startsWith(EXPERIMENTS)
        ? Optional.of(key.substring(EXPERIMENTS.length()))
        : Optional.empty();
  }
}
