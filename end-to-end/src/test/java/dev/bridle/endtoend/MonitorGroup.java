package dev.bridle.endtoend;

import dev.bridle.events.wire.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The monitors as Kafka sees them: who has which runs, and how far they are. */
final class MonitorGroup implements AutoCloseable {
  private static final String GROUP = "bridle-monitor";
  private static final List<String> OUTPUTS = List.of(Topics.SIGNALS, Topics.ALERTS);

  private final Admin admin;

  /**
   * How far the topics reached at a time.
   *
   * @param metrics the ends of what is to be judged
   * @param outputs the ends of what was decided, visible or not
   */
  record Mark(Map<TopicPartition, Long> metrics, Map<TopicPartition, Long> outputs) {}

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

  Mark mark() {
    return new Mark(
        ends(List.of(Topics.METRICS), IsolationLevel.READ_UNCOMMITTED),
        ends(OUTPUTS, IsolationLevel.READ_UNCOMMITTED));
  }

  /** Whether all up to there is judged, and a read-committed reader sees past what was decided. */
  boolean hasPassed(Mark mark) {
    Map<TopicPartition, Long> judged = new HashMap<>();
    of(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata())
        .forEach((at, offset) -> judged.put(at, offset == null ? 0 : offset.offset()));
    return covers(judged, mark.metrics())
        && covers(ends(OUTPUTS, IsolationLevel.READ_COMMITTED), mark.outputs());
  }

  private static boolean covers(Map<TopicPartition, Long> reached, Map<TopicPartition, Long> goal) {
    return goal.entrySet().stream()
        .allMatch(at -> reached.getOrDefault(at.getKey(), 0L) >= at.getValue());
  }

  private Map<TopicPartition, Long> ends(Collection<String> topics, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> partitions =
        of(admin.describeTopics(topics).allTopicNames()).values().stream()
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(info -> new TopicPartition(topic.name(), info.partition())))
            .collect(Collectors.toMap(Function.identity(), at -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        of(admin.listOffsets(partitions, new ListOffsetsOptions(isolation)).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, at -> at.getValue().offset()));
  }

  private ConsumerGroupDescription description() {
    return of(admin.describeConsumerGroups(List.of(GROUP)).all()).get(GROUP);
  }

  private static <T> T of(KafkaFuture<T> answer) {
    try {
      return answer.get();
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
