package dev.bridle.inference.protocol;

import dev.bridle.inference.repository.ModelCatalog;
import dev.bridle.inference.repository.ModelInstaller;
import dev.bridle.inference.repository.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every model version that is served, stored, or was refused. */
@ApplicationScoped
public class RepositoryIndex {
  /**
   * @param state READY or UNAVAILABLE
   * @param reason why it is unavailable; empty for one that is ready
   */
  public record Entry(String name, String version, String state, String reason) {}

  private final ModelCatalog catalog;
  private final ModelInstaller installer;

  RepositoryIndex(ModelCatalog catalog, ModelInstaller installer) {
    this.catalog = catalog;
    this.installer = installer;
  }

  /** By name, then by version. */
  List<Entry> entries() {
    Map<ModelVersion, String> failures = catalog.failures();
    Set<ModelVersion> ready = Set.copyOf(catalog.served());
    Set<ModelVersion> all = new HashSet<>(ready);
    all.addAll(failures.keySet());
    all.addAll(installer.stored());
    return all.stream()
        .sorted(Comparator.comparing(ModelVersion::model).thenComparing(ModelVersion::version))
        .map(
            id ->
                new Entry(
                    id.model(),
                    Long.toString(id.version()),
                    ready.contains(id) ? "READY" : "UNAVAILABLE",
                    ready.contains(id) ? "" : failures.getOrDefault(id, "unloaded")))
        .toList();
  }

  List<Entry> ready() {
    return entries().stream().filter(entry -> entry.state().equals("READY")).toList();
  }
}
