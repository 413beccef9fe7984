package dev.bridle.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;

class RightsTest {
  private static Stream<String> topics(AclOperation operation) {
    return Rights.all().stream()
        .flatMap(rights -> rights.may().stream())
        .filter(grant -> grant.operations().equals(List.of(operation)))
        .flatMap(grant -> grant.topics().stream());
  }

  @Test
  void everyTopicThatIsGrantedIsThere() {
    assertThat(Stream.concat(topics(AclOperation.READ), topics(AclOperation.WRITE)))
        .isSubsetOf(Topics.settings().stream().map(Topics.Settings::name).toList());
  }

  @Test
  void everyTopicOfAnEventButThatOfLabelsIsWrittenByAService() {
    assertThat(topics(AclOperation.WRITE))
        .containsAll(
            Stream.of(EventType.values())
                .map(EventType::topic)
                .filter(topic -> !topic.equals(Topics.LABELS))
                .toList());
  }

  @Test
  void onlyTheMonitorTellsTrainersWhatToDo() {
    assertThat(writersOf(Topics.SIGNALS)).containsExactly("monitor");
    assertThat(writersOf(Topics.QUEUE)).containsExactly("trainer");
    assertThat(writersOf(Topics.MODELS)).containsExactly("trainer");
  }

  private static Stream<String> writersOf(String topic) {
    return Rights.all().stream()
        .filter(
            rights ->
                rights.bindings().stream()
                    .anyMatch(
                        acl ->
                            acl.pattern().name().equals(topic)
                                && acl.entry().operation() == AclOperation.WRITE))
        .map(Rights::user);
  }
}
