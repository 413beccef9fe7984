package dev.bridle.inference.repository;

import dev.bridle.events.ModelExported;
import dev.bridle.inference.engine.ModelLoader;
import dev.bridle.inference.engine.ServableModel;
import dev.bridle.inference.graph.ModelRefusedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Brings models into the catalog, one at a time: those of the folder at start, announced ones as
 * they come. Whatever goes wrong with one, what is served stays served.
 */
@ApplicationScoped
public class ModelInstaller {
  private static final Logger LOG = Logger.getLogger(ModelInstaller.class);

  private final ModelRepositoryConfig config;
  private final ModelCatalog catalog;
  private final ModelStore store;
  private final ModelFetcher fetcher;
  private final Counter failures;
  private final AtomicInteger pending = new AtomicInteger();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "model-installer");
            thread.setDaemon(true);
            return thread;
          });

  ModelInstaller(
      ModelRepositoryConfig config, S3Store s3, ModelCatalog catalog, MeterRegistry meters) {
    this.config = config;
    this.catalog = catalog;
    this.store = new ModelStore(config.repositoryDir(), config.maxModelBytes());
    this.fetcher = new ModelFetcher(config, s3);
    this.failures =
        Counter.builder("bridle.inference.load.failures")
            .description("Models that could not be fetched, verified or loaded")
            .baseUnit("models")
            .register(meters);
    Gauge.builder("bridle.inference.models.loaded", catalog, ModelCatalog::size)
        .description("Model versions that are served")
        .baseUnit("models")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    store.versions().forEach(this::load);
  }

  /** Every version of the folder, served or not. */
  public List<ModelVersion> stored() {
    return store.versions();
  }

  /**
   * Loads every version of the model that the folder holds, anew where it is served already.
   *
   * @throws ModelRefusedException if there is none, or none of them can be served
   */
  public synchronized void load(String model) {
    List<ModelVersion> versions = known(model);
    versions.forEach(this::load);
    if (versions.stream().noneMatch(id -> catalog.version(id).isPresent())) {
      throw new ModelRefusedException(
          "model '%s' can't be served: %s".formatted(model, catalog.failures()));
    }
  }

  /**
   * Serves the model no longer; its files stay, and a later announcement serves it again.
   *
   * @throws ModelRefusedException if neither the folder nor the catalog knows it
   */
  public synchronized void unload(String model) {
    known(model);
    catalog.remove(model);
    LOG.infof("Unloaded %s", model);
  }

  private List<ModelVersion> known(String model) {
    if (!ModelStore.isName(model)) {
      throw new ModelRefusedException("'%s' can't be a model's name".formatted(model));
    }
    List<ModelVersion> versions =
        store.versions().stream().filter(id -> id.model().equals(model)).toList();
    if (versions.isEmpty()) {
      throw new ModelRefusedException(
          "model '%s' is not in the repository: nothing was done".formatted(model));
    }
    return versions;
  }

  private void load(ModelVersion id) {
    try {
      serve(id, store.read(id));
    } catch (RuntimeException | IOException e) {
      failed(id, e);
    }
  }

  /** Fetches, verifies, stores and serves the model, soon and on a thread of its own. */
  public void install(ModelExported exported) {
    pending.incrementAndGet();
    worker.execute(() -> attempt(exported, 1, config.fetchRetryDelay()));
  }

  /** Whether every model that was to be installed is served or given up. */
  public boolean isIdle() {
    return pending.get() == 0;
  }

  private void attempt(ModelExported exported, int attempt, Duration delay) {
    MDC.put("model", exported.model());
    MDC.put("run", exported.run().value());
    try {
      if (isDone(exported, attempt, delay)) {
        pending.decrementAndGet();
      }
    } finally {
      MDC.remove("model");
      MDC.remove("run");
    }
  }

  /** False if it is tried again. */
  private boolean isDone(ModelExported exported, int attempt, Duration delay) {
    ModelVersion id = new ModelVersion(exported.model(), exported.version());
    try {
      if (!isServed(id, exported.sha256())) {
        byte[] onnx = fetcher.fetch(exported);
        put(id, onnx, Provenance.of(exported));
      }
    } catch (IOException e) {
      if (attempt >= config.fetchAttempts()) {
        failed(id, e);
      } else {
        LOG.debugf("%s isn't there yet, next try in %s: %s", id, delay, e);
        retry(exported, attempt + 1, delay);
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(id, e);
    }
    return true;
  }

  private void retry(ModelExported exported, int attempt, Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    Duration next =
        doubled.compareTo(config.fetchRetryMaxDelay()) < 0 ? doubled : config.fetchRetryMaxDelay();
    try {
      worker.schedule(
          () -> attempt(exported, attempt, next), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("shutting down");
    }
  }

  /** Stores the model and serves it, if it can be served. */
  synchronized void put(ModelVersion id, byte[] onnx, Provenance provenance) throws IOException {
    ServableModel model = ModelLoader.load(onnx);
    store.write(id, onnx, provenance);
    serve(new ServedModel(id, provenance.sha256(), model));
  }

  /** What is known of a stored model; empty too where that can't be read. */
  Optional<Provenance> provenance(ModelVersion id) {
    try {
      return store.provenance(id);
    } catch (IOException e) {
      LOG.debugf("%s: %s", id, e);
      return Optional.empty();
    }
  }

  private boolean isServed(ModelVersion id, String sha256) {
    return catalog.version(id).map(served -> served.sha256().equals(sha256)).orElse(false);
  }

  private void serve(ModelVersion id, byte[] onnx) {
    serve(new ServedModel(id, Checksum.sha256(onnx), ModelLoader.load(onnx)));
  }

  private void serve(ServedModel served) {
    catalog.serve(served);
    served.model().samplingRefusal().ifPresent(reason -> LOG.debugf("%s: %s", served.id(), reason));
    LOG.infof(
        "Serving %s%s",
        served.id(), served.model().samplingRefusal().isPresent() ? ", without MC-dropout" : "");
  }

  /** Counts it and keeps its reason. */
  void failed(ModelVersion id, Exception e) {
    failures.increment();
    catalog.failed(id, e.getMessage() == null ? e.toString() : e.getMessage());
    LOG.errorf("%s isn't served: %s", id, e.getMessage());
  }

  @PreDestroy
  void stop() {
    worker.shutdownNow();
  }
}
