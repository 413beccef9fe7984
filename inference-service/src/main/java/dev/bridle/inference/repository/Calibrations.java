package dev.bridle.inference.repository;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What is known of each model version's answers. It is kept beside the model, and counts for the
 * model of that hash alone: a new one under the same version starts without.
 */
@ApplicationScoped
public class Calibrations {
  private static final Logger LOG = Logger.getLogger(Calibrations.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "calibration.json";

  private record Key(ModelVersion id, String sha256) {}

  private final ModelStore store;
  private final Map<Key, Optional<Calibration>> known = new ConcurrentHashMap<>();

  @Inject
  Calibrations(ModelRepositoryConfig config) {
    this(new ModelStore(config.repositoryDir(), config.maxModelBytes()));
  }

  Calibrations(ModelStore store) {
    this.store = store;
  }

  public Optional<Calibration.Output> of(ModelVersion id, String sha256, String output) {
    return of(id, sha256).map(calibration -> calibration.outputs().get(output));
  }

  /** Keeps it, in place of what was known of the output. */
  public synchronized void keep(
      ModelVersion id, String sha256, String name, Calibration.Output output) {
    Calibration calibration =
        of(id, sha256).orElseGet(() -> new Calibration(sha256, Map.of())).with(name, output);
    try {
      store.writeBeside(id, FILE, JSON.writeValueAsBytes(calibration));
    } catch (IOException e) {
      throw new UncheckedIOException("the calibration of " + id, e);
    }
    known.keySet().removeIf(key -> key.id().equals(id));
    known.put(new Key(id, sha256), Optional.of(calibration));
  }

  private Optional<Calibration> of(ModelVersion id, String sha256) {
    return known.computeIfAbsent(new Key(id, sha256), this::read);
  }

  private Optional<Calibration> read(Key key) {
    try {
      Optional<byte[]> stored = store.readBeside(key.id(), FILE);
      return stored.isEmpty()
          ? Optional.empty()
          : Optional.of(JSON.readValue(stored.get(), Calibration.class))
              .filter(calibration -> calibration.sha256().equals(key.sha256()));
    } catch (IOException e) {
      LOG.warnf("the calibration of %s is passed over: %s", key.id(), e.getMessage());
      return Optional.empty();
    }
  }
}
