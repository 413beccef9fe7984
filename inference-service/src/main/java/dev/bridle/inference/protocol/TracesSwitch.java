package dev.bridle.inference.protocol;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Turns traces on when it is said where they go. */
public final class TracesSwitch implements ConfigSourceFactory {
  static final String ENDPOINT = "bridle.inference.traces.endpoint";

  /** Below everything that a person may set. */
  private static final int ORDINAL = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue endpoint = context.getValue(ENDPOINT);
    boolean named =
        endpoint != null && endpoint.getValue() != null && !endpoint.getValue().isEmpty();
    return List.of(
        new PropertiesConfigSource(
            Map.of(
                "quarkus.otel.sdk.disabled", Boolean.toString(!named),
                "mp.messaging.connector.smallrye-kafka.tracing-enabled", Boolean.toString(named)),
            "traces",
            ORDINAL));
  }
}
