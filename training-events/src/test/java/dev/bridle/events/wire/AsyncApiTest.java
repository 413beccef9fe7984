package dev.bridle.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.bridle.events.Acknowledgement;
import dev.bridle.events.ControlSignal;
import dev.bridle.events.ServingEvent;
import dev.bridle.events.TrainingOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the AsyncAPI document against the records: neither can change alone. */
class AsyncApiTest {
  /** Left out by old writers; the record fills them in. */
  private static final Set<String> DEFAULTED = Set.of("evidence", "remedy", "evaluation");

  private final JsonNode document = read();

  @ParameterizedTest
  @EnumSource
  void describesTheRecordFieldByField(EventType type) {
    JsonNode schema = schema(type);
    List<String> fields = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.record().getRecordComponents()) {
      fields.add(component.getName());
      boolean optional =
          component.getType() == Optional.class
              || component.getType() == OptionalInt.class
              || DEFAULTED.contains(component.getName());
      if (!optional) {
        required.add(component.getName());
      }
    }

    assertThat(schema.path("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(fields);
    assertThat(schema.path("required"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(required);
  }

  @ParameterizedTest
  @EnumSource
  void namesTheTypeAndCarriesItOnItsTopic(EventType type) {
    JsonNode message = document.at("/components/messages/" + messageName(type));
    JsonNode channel =
        Stream.of(document.path("channels"))
            .flatMap(channels -> channels.valueStream())
            .filter(candidate -> candidate.path("address").asText().equals(type.topic()))
            .findFirst()
            .orElseThrow();

    assertThat(message.path("name").asText()).isEqualTo(type.cloudEventsType());
    assertThat(message.at("/headers/properties/ce_type/const").asText())
        .isEqualTo(type.cloudEventsType());
    assertThat(channel.path("messages").has(messageName(type))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void acceptsTheGoldenFiles(EventType type) throws Exception {
    JsonSchema schema = validator(type);
    for (String variant : List.of("", ".old", ".unknown")) {
      String file = "/golden/" + type.cloudEventsType() + variant + ".json";
      try (InputStream json = AsyncApiTest.class.getResourceAsStream(file)) {
        assertThat(schema.validate(EventJson.mapper().readTree(json))).as(file).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnEventThatDoesNotSayWhomItIsAbout(EventType type) throws Exception {
    ObjectNode broken =
        (ObjectNode)
            EventJson.mapper()
                .readTree(EventJson.mapper().writeValueAsBytes(EventSamples.full(type)));
    broken.remove(ServingEvent.class.isAssignableFrom(type.record()) ? "model" : "run");

    assertThat(validator(type).validate(broken)).isNotEmpty();
  }

  @Test
  void listsEveryKindOfTheClosedVocabularies() {
    assertKinds("signal", ControlSignal.class);
    assertKinds("answer", Acknowledgement.class);
    assertKinds("outcome", TrainingOutcome.class);
  }

  private void assertKinds(String schema, Class<?> sealed) {
    List<String> kinds =
        Stream.of(sealed.getAnnotation(JsonSubTypes.class).value())
            .map(type -> type.name())
            .toList();

    assertThat(document.at("/components/schemas/" + schema + "/oneOf"))
        .extracting(kind -> kind.at("/properties/kind/const").asText())
        .containsExactlyElementsOf(kinds);
    // Every kind but the one that stands for a newer version's.
    assertThat(sealed.getPermittedSubclasses()).hasSize(kinds.size() + 1);
  }

  private JsonNode schema(EventType type) {
    return document.at("/components/schemas/" + messageName(type));
  }

  private JsonSchema validator(EventType type) {
    ObjectNode standalone = document.deepCopy();
    standalone.put("$ref", "#/components/schemas/" + messageName(type));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(standalone);
  }

  /** {@code RUN_CHANGED} is the message {@code runChanged}. */
  private static String messageName(EventType type) {
    String name = type.record().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static JsonNode read() {
    try (InputStream yaml = EventType.class.getResourceAsStream("asyncapi.yaml")) {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
