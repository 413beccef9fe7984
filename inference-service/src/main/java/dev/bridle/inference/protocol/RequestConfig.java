package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a request may cost. */
@ConfigMapping(prefix = "bridle.inference.request")
public interface RequestConfig {
  /** The greatest body, in bytes. */
  @WithDefault("67108864")
  int maxBytes();
}
