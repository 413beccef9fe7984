package dev.bridle.inference.repository;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The models that are served now. A switch is one write; whoever holds the old one finishes on it.
 */
@ApplicationScoped
public class ModelCatalog {
  private final Map<String, ConcurrentSkipListMap<Long, ServedModel>> models =
      new ConcurrentHashMap<>();
  private final Map<ModelVersion, String> failures = new ConcurrentHashMap<>();

  /** The greatest version of the model. */
  public Optional<ServedModel> newest(String model) {
    return Optional.ofNullable(models.get(model))
        .map(ConcurrentSkipListMap::lastEntry)
        .map(Map.Entry::getValue);
  }

  public Optional<ServedModel> version(ModelVersion id) {
    return Optional.ofNullable(models.get(id.model())).map(versions -> versions.get(id.version()));
  }

  /** The model's versions, rising; empty for an unknown one. */
  public List<Long> versions(String model) {
    return models.containsKey(model) ? List.copyOf(models.get(model).keySet()) : List.of();
  }

  /** How many model versions are served. */
  public int size() {
    return models.values().stream().mapToInt(Map::size).sum();
  }

  /** The names of the models, with the version that answers by default. */
  public Map<String, Long> defaults() {
    Map<String, Long> defaults = new TreeMap<>();
    models.forEach((model, versions) -> defaults.put(model, versions.lastKey()));
    return defaults;
  }

  /** Why models that were announced or stored aren't served. */
  public Map<ModelVersion, String> failures() {
    return Map.copyOf(failures);
  }

  void serve(ServedModel served) {
    failures.remove(served.id());
    ServedModel replaced =
        models
            .computeIfAbsent(served.id().model(), name -> new ConcurrentSkipListMap<>())
            .put(served.id().version(), served);
    if (replaced != null) {
      replaced.model().close();
    }
  }

  /** Every version that is served, by model and rising. */
  public List<ModelVersion> served() {
    return new TreeMap<>(models)
        .values().stream()
            .flatMap(versions -> versions.values().stream())
            .map(ServedModel::id)
            .toList();
  }

  /** Serves no version of the model any longer; requests on their way end well. */
  void remove(String model) {
    ConcurrentSkipListMap<Long, ServedModel> versions = models.remove(model);
    if (versions != null) {
      versions.values().forEach(served -> served.model().close());
    }
    failures.keySet().removeIf(id -> id.model().equals(model));
  }

  void failed(ModelVersion id, String reason) {
    failures.put(id, reason);
  }

  @PreDestroy
  void close() {
    models
        .values()
        .forEach(versions -> versions.values().forEach(served -> served.model().close()));
  }
}
