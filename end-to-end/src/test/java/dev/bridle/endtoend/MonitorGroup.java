package dev.bridle.endtoend;

import dev.bridle.events.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;

/** The monitors as Kafka's group coordinator sees them. */
final class MonitorGroup implements AutoCloseable {
  private static final String GROUP = "bridle-monitor";

  private final Admin admin;

  MonitorGroup(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  Set<String> members() {
    return description().members().stream()
        .map(MemberDescription::consumerId)
        .collect(Collectors.toSet());
  }

  /** Whether two members, at least one of them new, have runs each. */
  boolean isSharedByTwo(Set<String> before) {
    ConsumerGroupDescription group = description();
    return group.groupState() == GroupState.STABLE
        && group.members().size() == MonitorPair.NAMES.size()
        && group.members().stream().anyMatch(member -> !before.contains(member.consumerId()))
        && group.members().stream().allMatch(MonitorGroup::hasRuns);
  }

  private static boolean hasRuns(MemberDescription member) {
    return member.assignment().topicPartitions().stream()
        .anyMatch(at -> at.topic().equals(Topics.METRICS));
  }

  private ConsumerGroupDescription description() {
    try {
      return admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
