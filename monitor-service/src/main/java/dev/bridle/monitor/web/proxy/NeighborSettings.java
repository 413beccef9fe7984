package dev.bridle.monitor.web.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the console's other services are. */
@ConfigMapping(prefix = "bridle.monitor.console")
public interface NeighborSettings {
  /** The trainer that runs are submitted to. */
  @WithDefault("http://127.0.0.1:8081")
  URI trainer();

  /** The inference service that models are tried on. */
  @WithDefault("http://127.0.0.1:8082")
  URI inference();

  /** How long they may take to answer. */
  @WithDefault("60s")
  Duration patience();
}
