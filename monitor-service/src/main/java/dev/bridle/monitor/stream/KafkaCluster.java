package dev.bridle.monitor.stream;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jboss.logging.Logger;

/** Asks which cluster is behind the bootstrap servers. */
final class KafkaCluster {
  private static final Logger LOG = Logger.getLogger(KafkaCluster.class);
  private static final int PATIENCE_MILLIS = 10_000;

  private final Map<String, Object> settings;

  /**
   * @param kafka settings of any client; the admin client takes its own from it
   */
  KafkaCluster(Map<String, Object> kafka) {
    this(kafka, PATIENCE_MILLIS);
  }

  KafkaCluster(Map<String, Object> kafka, int patienceMillis) {
    settings =
        kafka.entrySet().stream()
            .filter(setting -> AdminClientConfig.configNames().contains(setting.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patienceMillis);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMillis);
  }

  /** Empty if it does not answer. */
  Optional<String> id() {
    try (Admin admin = Admin.create(settings)) {
      return Optional.of(admin.describeCluster().clusterId().get());
    } catch (ExecutionException e) {
      LOG.warnf("the cluster doesn't say its id: %s", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
