package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which answers go to Kafka as events. */
@ConfigMapping(prefix = "bridle.inference.predictions")
public interface PredictionsConfig {
  /** The share of request ids whose answers go, from 0 for none to 1 for all. */
  @WithDefault("0")
  double rate();

  /** The most events that wait to be sent; what comes beyond is dropped. */
  @WithDefault("256")
  int buffered();

  /** The most numbers of an event; the event of a larger answer is dropped. */
  @WithDefault("10000")
  int mostValues();
}
