package dev.bridle.inference.protocol;

import static dev.bridle.inference.protocol.ProtocolException.notFound;

import dev.bridle.inference.repository.ModelCatalog;
import dev.bridle.inference.repository.ModelVersion;
import dev.bridle.inference.repository.ServedModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Finds the model that a request names, or says in the protocol's words that there is none. */
@ApplicationScoped
public class ModelLookup {
  private final ModelCatalog catalog;

  ModelLookup(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  ServedModel newest(String model) {
    return findNewest(model).orElseThrow(() -> notFound("model '%s' is unknown", model));
  }

  ServedModel version(String model, String version) {
    return findVersion(model, version)
        .orElseThrow(
            () ->
                catalog.versions(model).isEmpty()
                    ? notFound("model '%s' is unknown", model)
                    : notFound(
                        "version '%s' of model '%s' is unknown: the versions are %s",
                        version, model, catalog.versions(model)));
  }

  Optional<ServedModel> findNewest(String model) {
    return catalog.newest(model);
  }

  Optional<ServedModel> findVersion(String model, String version) {
    return number(version).flatMap(number -> catalog.version(new ModelVersion(model, number)));
  }

  List<Long> versions(String model) {
    return catalog.versions(model);
  }

  private static Optional<Long> number(String version) {
    try {
      return Optional.of(Long.parseLong(version));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
