package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long answers are remembered for labels that come later. */
@ConfigMapping(prefix = "bridle.inference.labels")
public interface LabelsConfig {
  /** The most rows of answers that wait for their labels; 0 to remember none. */
  @WithDefault("0")
  int remembered();

  /** The most labeled rows of an output that the live scores are over. */
  @WithDefault("1000")
  int window();

  /** Whether they come by Kafka too. */
  @WithDefault("false")
  boolean kafka();
}
