package dev.bridle.inference.repository;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the folder is read, also without a model: models come by announcement, and one that
 * can't be served doesn't make the server unready. Its data tells which are served, which aren't
 * and why.
 */
@Readiness
@ApplicationScoped
public class ModelsHealth implements HealthCheck {
  private final ModelCatalog catalog;

  ModelsHealth(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("models").up();
    catalog.defaults().forEach((model, version) -> response.withData(model, version));
    catalog.failures().forEach((id, reason) -> response.withData("not served: " + id, reason));
    return response.build();
  }
}
