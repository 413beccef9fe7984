package dev.bridle.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void everyTopicOfAnEventHasADeadLetterTwinAndTheServicesOwnStandBesideThem() {
    assertThat(Topics.settings())
        .extracting(Topics.Settings::name)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(EventType.values())
                        .map(EventType::topic)
                        .distinct()
                        .flatMap(topic -> Stream.of(topic, Topics.deadLetters(topic))),
                    Stream.of(Topics.POLICIES, Topics.CURVES, Topics.QUEUE))
                .toList());
  }
}
