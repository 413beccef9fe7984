package dev.bridle.guard;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns bearer tokens on when an issuer is named: without one the extension refuses to start unless
 * it is told that there is none.
 */
public final class IssuerSwitch implements ConfigSourceFactory {
  static final String ISSUER = "quarkus.oidc.auth-server-url";

  /** Below everything that a person may set. */
  private static final int ORDINAL = 50;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue issuer = context.getValue(ISSUER);
    boolean named = issuer != null && issuer.getValue() != null && !issuer.getValue().isEmpty();
    return List.of(
        new PropertiesConfigSource(
            Map.of("quarkus.oidc.tenant-enabled", Boolean.toString(named)), "guard", ORDINAL));
  }
}
