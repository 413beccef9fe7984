package dev.bridle.guard;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What the settings say about callers; a service whose settings leave it open doesn't start. */
@Singleton
class Guard {
  private static final Logger LOG = Logger.getLogger(Guard.class);

  private final ApiKeys keys;
  private final Posture posture;

  Guard(
      GuardConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer) {
    keys = config.keysFile().map(ApiKeys::read).orElseGet(ApiKeys::none);
    posture =
        Posture.of(
            new Posture.Surroundings(
                host, config.keysFile().isPresent(), issuer.isPresent(), config.anonymous()));
  }

  void start(@Observes StartupEvent event) {
    if (posture.isOpen()) {
      LOG.warn(posture.sentence());
    } else {
      LOG.info(posture.sentence());
    }
  }

  ApiKeys keys() {
    return keys;
  }

  Posture posture() {
    return posture;
  }
}
