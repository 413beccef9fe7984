package dev.bridle.inference.repository;

import dev.bridle.inference.graph.ModelRefusedException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Brings what is new in the bucket into the folder and the catalog: at start, again and again, and
 * when a model is to be loaded. What isn't there any longer stays served, and so does everything
 * while the store is away.
 */
@ApplicationScoped
public class BucketWatch {
  private static final Logger LOG = Logger.getLogger(BucketWatch.class);

  private final S3Config config;
  private final ModelInstaller installer;
  private final Optional<ModelBucket> bucket;
  private final Map<ModelVersion, String> refused = new ConcurrentHashMap<>();
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "model-bucket");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean seen;
  private volatile String failure = "";

  BucketWatch(
      S3Config config, S3Store store, ModelRepositoryConfig repository, ModelInstaller installer) {
    this.config = config;
    this.installer = installer;
    this.bucket =
        config
            .bucket()
            .map(
                uri ->
                    new ModelBucket(
                        store,
                        S3Location.of("bridle.inference.s3.bucket", uri),
                        repository.maxModelBytes()));
  }

  void start(@Observes StartupEvent event) {
    if (bucket.isPresent()) {
      poller.scheduleWithFixedDelay(
          () -> pull(any -> true), 0, config.poll().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether there is no bucket, or it was looked through once, in vain or not. */
  public boolean isSeen() {
    return bucket.isEmpty() || seen;
  }

  /** Why the bucket could not be read the last time, by its name; empty if it could. */
  public Map<String, String> failure() {
    return failure.isEmpty() ? Map.of() : Map.of(bucket.orElseThrow().uri().toString(), failure);
  }

  /** Brings in what the bucket has of the model, also what was refused before. */
  void pull(String model) {
    refused.keySet().removeIf(id -> id.model().equals(model));
    pull(id -> id.model().equals(model));
  }

  private synchronized void pull(Predicate<ModelVersion> wanted) {
    if (bucket.isEmpty()) {
      return;
    }
    try {
      for (ModelBucket.Listed listed : bucket.get().versions()) {
        if (wanted.test(listed.id()) && !isKnown(listed)) {
          take(listed);
        }
      }
      failure = "";
    } catch (IOException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(failure)) {
        LOG.warnf("The bucket of models isn't read: %s", reason);
      }
      failure = reason;
    } finally {
      seen = true;
    }
  }

  private boolean isKnown(ModelBucket.Listed listed) {
    return listed.mark().equals(refused.get(listed.id()))
        || installer
            .provenance(listed.id())
            .map(Provenance::mark)
            .filter(listed.mark()::equals)
            .isPresent();
  }

  private void take(ModelBucket.Listed listed) {
    try {
      ModelBucket.Content content = bucket.orElseThrow().read(listed);
      installer.put(listed.id(), content.onnx(), content.provenance());
      refused.remove(listed.id());
    } catch (ModelRefusedException e) {
      refused.put(listed.id(), listed.mark());
      installer.failed(listed.id(), e);
    } catch (IOException | RuntimeException e) {
      installer.failed(listed.id(), e);
    }
  }

  @PreDestroy
  void stop() {
    poller.shutdownNow();
  }
}
