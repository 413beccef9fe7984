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

  /** Of a process, each a member; Kafka Streams names them behind the process's own id. */
  private static final int THREADS = 2;

  private static final String THREAD = "-StreamThread-";

  private final Admin admin;

  MonitorGroup(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  Set<String> members() {
    return description().members().stream()
        .map(MemberDescription::consumerId)
        .collect(Collectors.toSet());
  }

  /** Whether two processes, at least one of them new, have runs each, and nobody else is left. */
  boolean isSharedByTwo(Set<String> before) {
    ConsumerGroupDescription group = description();
    return group.groupState() == GroupState.STABLE
        && group.members().size() == THREADS * MonitorPair.NAMES.size()
        && group.members().stream().anyMatch(member -> !before.contains(member.consumerId()))
        && processesWithRuns(group) == MonitorPair.NAMES.size();
  }

  private static long processesWithRuns(ConsumerGroupDescription group) {
    return group.members().stream()
        .filter(MonitorGroup::hasRuns)
        .map(member -> member.clientId().substring(0, member.clientId().indexOf(THREAD)))
        .distinct()
        .count();
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
