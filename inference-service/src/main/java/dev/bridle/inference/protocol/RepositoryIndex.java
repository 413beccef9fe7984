package dev.bridle.inference.protocol;

import dev.bridle.inference.repository.BucketWatch;
import dev.bridle.inference.repository.ModelCatalog;
import dev.bridle.inference.repository.ModelInstaller;
import dev.bridle.inference.repository.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every model version that is served, stored, or was refused. */
@ApplicationScoped
public class RepositoryIndex {
  /**
   * @param state READY or UNAVAILABLE
   * @param reason why it is unavailable, or why a ready one isn't replaced by a newer content
   */
  public record Entry(String name, String version, String state, String reason) {}

  private final ModelCatalog catalog;
  private final ModelInstaller installer;
  private final BucketWatch bucket;

  RepositoryIndex(ModelCatalog catalog, ModelInstaller installer, BucketWatch bucket) {
    this.catalog = catalog;
    this.installer = installer;
    this.bucket = bucket;
  }

  /** By name, then by version; behind them the bucket, while it can't be read. */
  List<Entry> entries() {
    Map<ModelVersion, String> failures = catalog.failures();
    Set<ModelVersion> ready = Set.copyOf(catalog.served());
    Set<ModelVersion> all = new HashSet<>(ready);
    all.addAll(failures.keySet());
    all.addAll(installer.stored());
    Stream<Entry> models =
        all.stream()
            .sorted(Comparator.comparing(ModelVersion::model).thenComparing(ModelVersion::version))
            .map(
                id ->
                    new Entry(
                        id.model(),
                        Long.toString(id.version()),
                        ready.contains(id) ? "READY" : "UNAVAILABLE",
                        failures.getOrDefault(id, ready.contains(id) ? "" : "unloaded")));
    Stream<Entry> unread =
        bucket.failure().entrySet().stream()
            .map(entry -> new Entry(entry.getKey(), "", "UNAVAILABLE", entry.getValue()));
    return Stream.concat(models, unread).toList();
  }

  List<Entry> ready() {
    return entries().stream().filter(entry -> entry.state().equals("READY")).toList();
  }
}
