package dev.bridle.inference.repository;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the folder is read, and the bucket looked through where there is one, also without a
 * model: models come by announcement, and one that can't be served doesn't make the server unready.
 * Its data tells which are served, which aren't and why.
 */
@Readiness
@ApplicationScoped
public class ModelsHealth implements HealthCheck {
  private final ModelCatalog catalog;
  private final BucketWatch bucket;

  ModelsHealth(ModelCatalog catalog, BucketWatch bucket) {
    this.catalog = catalog;
    this.bucket = bucket;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("models").status(bucket.isSeen());
    catalog.defaults().forEach((model, version) -> response.withData(model, version));
    catalog.failures().forEach((id, reason) -> response.withData("not served: " + id, reason));
    bucket.failure().forEach((uri, reason) -> response.withData("not read: " + uri, reason));
    return response.build();
  }
}
