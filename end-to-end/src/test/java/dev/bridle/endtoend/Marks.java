package dev.bridle.endtoend;

import dev.bridle.events.AttemptStarted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.RunId;
import dev.bridle.events.TrainingEvent;
import dev.bridle.events.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Shows how far the monitors have decided. */
final class Marks {
  /**
   * A session's timeout, which a transaction's equals, and what has piled up, on a busy machine.
   */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SteadyPublisher publisher;
  private final DecisionReader reader;
  private final Instant time;
  private final List<TrainingEvent> sent = new ArrayList<>();

  Marks(SteadyPublisher publisher, DecisionReader reader, Instant time) {
    this.publisher = publisher;
    this.reader = reader;
    this.time = time;
  }

  /**
   * Sends, behind all that each partition holds, a run whose policy nobody can follow: when all
   * their alerts are visible, so is whatever was to be decided about the events before.
   *
   * @return the alerts' identities
   */
  Set<String> set(String name) {
    PolicySpec nobodys = new PolicySpec("any", List.of(Map.of("rule", name)));
    List<TrainingEvent> events = new ArrayList<>();
    for (int partition = 0; partition < partitions(); partition++) {
      RunId run = new RunId("mark-%s-%d".formatted(name, partition));
      TrainingEvent marker =
          new AttemptStarted(run, 1, 0, name, "marks", 1, Optional.of(nobodys), time);
      publisher.send(marker, partition);
      events.add(marker);
    }
    sent.addAll(events);
    return UndisturbedJudge.decisions(events).stream()
        .map(TrainingEvent::identity)
        .collect(Collectors.toSet());
  }

  void await(Set<String> identities) {
    Awaitility.await().atMost(LIMIT).until(() -> reader.sees(identities));
  }

  /** All that were set. */
  List<TrainingEvent> sent() {
    return List.copyOf(sent);
  }

  static int partitions() {
    return Topics.settings().stream()
        .filter(topic -> topic.name().equals(Topics.METRICS))
        .mapToInt(Topics.Settings::partitions)
        .sum();
  }
}
