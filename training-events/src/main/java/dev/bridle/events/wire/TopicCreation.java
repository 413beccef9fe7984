package dev.bridle.events.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Creates the topics of {@link Topics#settings} that a cluster lacks; those it has stay as they
 * are.
 */
public final class TopicCreation {
  private TopicCreation() {}

  /**
   * @param client settings of the connection, {@code bootstrap.servers} at least
   * @param replicas of each partition
   * @return the names of the topics that were created
   * @throws ExecutionException if the cluster refuses
   */
  public static List<String> createMissing(Map<String, Object> client, short replicas)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(client)) {
      Set<String> there = admin.listTopics().names().get();
      List<NewTopic> missing =
          Topics.settings().stream()
              .filter(topic -> !there.contains(topic.name()))
              .map(
                  topic ->
                      new NewTopic(topic.name(), topic.partitions(), replicas)
                          .configs(topic.config()))
              .toList();
      admin.createTopics(missing).all().get();
      return missing.stream().map(NewTopic::name).toList();
    }
  }

  /** {@code TopicCreation BOOTSTRAP_SERVERS REPLICAS}. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 2) {
      System.err.println("usage: TopicCreation BOOTSTRAP_SERVERS REPLICAS");
      System.exit(2);
    }
    try {
      List<String> created =
          createMissing(Map.of("bootstrap.servers", arguments[0]), Short.parseShort(arguments[1]));
      System.out.println("created " + created);
    } catch (ExecutionException e) {
      System.err.println("the topics can't be created: " + e.getCause().getMessage());
      System.exit(1);
    }
  }
}
