package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many samples a request may ask for. */
@ConfigMapping(prefix = "bridle.inference.sampling")
public interface SamplingConfig {
  /** T when an uncertainty is asked for by name alone, without {@code mc_samples}. */
  @WithDefault("100")
  int defaultSamples();

  /** The greatest {@code mc_samples}. */
  @WithDefault("10000")
  int maxSamples();
}
