package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where traces of requests go. */
@ConfigMapping(prefix = "bridle.inference.traces")
public interface TracesConfig {
  /** A collector that takes OTLP, such as {@code http://127.0.0.1:4318}; none leaves them off. */
  Optional<URI> endpoint();
}
