package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.bridle.events.PolicySpec;
import dev.bridle.trainer.data.DataFormats;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.ConvolutionSpec;
import dev.bridle.trainer.spec.DataSpec;
import dev.bridle.trainer.spec.ExportSpec;
import dev.bridle.trainer.spec.HeadSpec;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.MissingSpec;
import dev.bridle.trainer.spec.ModelSpec;
import dev.bridle.trainer.spec.OptimizerSpec;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.ScheduleSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.spec.TrainingSpec;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema says what the trainer does. */
class RunSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode SCHEMA = RunSchema.json();
  private static final JsonSchema VALIDATOR =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA);

  /** A number's limit at a place of a submission. */
  record Limit(String path, ObjectNode submission, double limit, boolean exclusive, int outwards) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(path, outwards < 0 ? "least" : "most", limit);
    }
  }

  static Stream<Path> examples() throws Exception {
    return Files.list(Path.of("../examples/specs"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesFollowIt(Path example) throws Exception {
    String text = Files.readString(example);
    assertThat(VALIDATOR.validate(text, InputFormat.JSON)).isEmpty();
    JsonNode whole = JSON.readTree(SpecJson.write(SpecJson.read(text.getBytes())));
    assertThat(whole.path("name").isTextual()).isTrue();
  }

  @Test
  void itRefusesWhatTheTrainerRefuses() {
    for (String wrong :
        List.of(
            "{}",
            "{'name': 'a'}",
            "{'name': 'a', 'data': {'uri': 'x'}, 'epochs': 3}",
            "{'name': '-', 'data': {'uri': 'x'}}",
            "{'name': 'a', 'data': {'uri': 'x'}, 'model': {'kind': 'svm'}}",
            "{'name': 'a', 'data': {'uri': 'x'}, 'regularization': [{'technique': 'l3'}]}",
            "{'name': 'a', 'data': {'uri': 'x'}, 'regularization': [{'technique': 'l1', 'x': 1}]}",
            "{'name': 'a', 'data': {'uri': 'x', 'split': {'kind': 'folds'}}}",
            "{'name': 'a', 'data': {'uri': 'x'}, 'training': {'epochs': '3'}}")) {
      String json = wrong.replace('\'', '"');
      assertThat(VALIDATOR.validate(json, InputFormat.JSON)).as(json).isNotEmpty();
      Throwable refusal =
          catchThrowable(
              () -> {
                RunSpec spec = SpecJson.read(json.getBytes());
                Regularization.of(spec);
              });
      assertThat(refusal).as(json).isInstanceOf(InvalidFieldException.class);
    }
  }

  /** Every component of every record is a property, and the other way round. */
  @Test
  void itHasTheFieldsOfTheSpecs() {
    Map<String, Class<?>> objects = new LinkedHashMap<>();
    objects.put("", RunSpec.class);
    objects.put("/properties/data", DataSpec.class);
    objects.put("/properties/data/properties/image", ImageSpec.class);
    objects.put("/properties/data/properties/missing", MissingSpec.class);
    objects.put("/properties/training", TrainingSpec.class);
    objects.put("/properties/policy", PolicySpec.class);
    objects.put("/properties/export", ExportSpec.class);
    objects.put("/properties/model/oneOf/1/properties/blocks/items", ConvolutionSpec.class);
    objects.forEach(
        (at, type) ->
            assertThat(properties(SCHEMA.at(at)))
                .as(at)
                .containsExactlyInAnyOrderElementsOf(components(type)));
    kinds("/properties/model", ModelSpec.class);
    kinds("/properties/heads/items", HeadSpec.class);
    kinds("/properties/training/properties/optimizer", OptimizerSpec.class);
    kinds("/properties/training/properties/schedule", ScheduleSpec.class);
  }

  @Test
  void itNamesTheFormats() {
    List<String> formats = new ArrayList<>();
    SCHEMA.at("/properties/data/properties/format/enum").forEach(one -> formats.add(one.asText()));
    assertThat(formats).isEqualTo(DataFormats.names());
  }

  private static void kinds(String at, Class<?> type) {
    JsonSubTypes.Type[] kinds = type.getAnnotation(JsonSubTypes.class).value();
    JsonNode branches = SCHEMA.at(at + "/oneOf");
    assertThat(branches).hasSize(kinds.length);
    for (int i = 0; i < kinds.length; i++) {
      List<String> expected = new ArrayList<>(components(kinds[i].value()));
      expected.add("kind");
      assertThat(properties(branches.get(i))).as(at).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(branches.get(i).at("/properties/kind/const").asText()).isEqualTo(kinds[i].name());
    }
  }

  private static List<String> properties(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** What is left out gets the value that the schema states. */
  @Test
  void itsDefaultsAreTheTrainers() throws Exception {
    int compared = 0;
    for (JsonNode model : SCHEMA.at("/properties/model/oneOf")) {
      for (JsonNode optimizer : SCHEMA.at("/properties/training/properties/optimizer/oneOf")) {
        for (JsonNode schedule : SCHEMA.at("/properties/training/properties/schedule/oneOf")) {
          ObjectNode submission = minimal();
          submission.set("model", sample(model));
          submission.putObject("training").set("optimizer", sample(optimizer));
          ((ObjectNode) submission.get("training")).set("schedule", sample(schedule));
          JsonNode filled = JSON.readTree(SpecJson.write(SpecJson.read(bytes(submission))));
          compared += compared(model, filled.get("model"));
          compared += compared(optimizer, filled.at("/training/optimizer"));
          compared += compared(schedule, filled.at("/training/schedule"));
          compared += compared(SCHEMA.at("/properties/training"), filled.get("training"));
          compared += compared(SCHEMA.at("/properties/data"), filled.get("data"));
          compared += compared(SCHEMA, filled);
        }
      }
    }
    assertThat(compared).isGreaterThan(300);
  }

  private static int compared(JsonNode object, JsonNode filled) {
    int compared = 0;
    for (Map.Entry<String, JsonNode> property : object.path("properties").properties()) {
      JsonNode expected = property.getValue().path("default");
      JsonNode actual = filled.path(property.getKey());
      if (expected.isValueNode() && !expected.isMissingNode()) {
        boolean same =
            expected.isNumber()
                ? expected.asDouble() == actual.asDouble(Double.NaN)
                : expected.equals(actual);
        assertThat(same).as("%s: %s, %s", property.getKey(), expected, actual).isTrue();
        compared++;
      }
    }
    return compared;
  }

  /** At each limit a number is taken, and beyond it refused. */
  @ParameterizedTest
  @MethodSource("limits")
  void itsLimitsAreTheTrainers(Limit limit) {
    double step = Math.max(1e-9, Math.abs(limit.limit()) * 1e-9);
    boolean whole = schemaType(limit).equals("integer");
    double out =
        limit.exclusive() ? limit.limit() : limit.limit() + limit.outwards() * (whole ? 1 : step);
    double in = limit.exclusive() ? limit.limit() - limit.outwards() * step : limit.limit();
    assertThatCode(() -> read(with(limit, in, whole))).doesNotThrowAnyException();
    ObjectNode beyond = with(limit, out, whole);
    assertThat(catchThrowable(() -> read(beyond))).isInstanceOf(InvalidFieldException.class);
    assertThat(VALIDATOR.validate(beyond)).isNotEmpty();
  }

  private static void read(ObjectNode submission) throws Exception {
    RunSpec spec = SpecJson.read(bytes(submission));
    Regularization.of(spec);
  }

  private static String schemaType(Limit limit) {
    return limit.path().endsWith("#integer") ? "integer" : "number";
  }

  private static ObjectNode with(Limit limit, double value, boolean whole) {
    ObjectNode copy = limit.submission().deepCopy();
    String pointer = limit.path().replaceAll("#.*", "");
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = copy.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    JsonNode number =
        whole
            ? JSON.getNodeFactory().numberNode((long) value)
            : JSON.getNodeFactory().numberNode(value);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), number);
    } else {
      ((ObjectNode) parent).set(name, number);
    }
    return copy;
  }

  static List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    collect(SCHEMA, "", minimal(), limits);
    assertThat(limits).hasSizeGreaterThan(100);
    return limits;
  }

  private static void collect(
      JsonNode schema, String path, ObjectNode submission, List<Limit> limits) {
    if (schema.has("oneOf")) {
      for (JsonNode branch : schema.get("oneOf")) {
        ObjectNode with = submission.deepCopy();
        put(with, path, sample(branch));
        collect(branch, path, with, limits);
      }
    } else if (schema.path("type").asText().equals("object")) {
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        ObjectNode with = submission.deepCopy();
        String inner = path + "/" + property.getKey();
        if (with.at(inner).isMissingNode() && !isNumber(property.getValue())) {
          put(with, inner, sample(property.getValue()));
        }
        collect(property.getValue(), inner, with, limits);
      }
    } else if (schema.path("type").asText().equals("array") && schema.has("items")) {
      ObjectNode with = submission.deepCopy();
      put(with, path, JSON.createArrayNode().add(sample(schema.get("items"))));
      collect(schema.get("items"), path + "/0", with, limits);
    } else if (isNumber(schema) && isByItself(path)) {
      String name = path + "#" + schema.get("type").asText();
      limit(schema, "minimum", name, submission, false, -1, limits);
      limit(schema, "exclusiveMinimum", name, submission, true, -1, limits);
      limit(schema, "maximum", name, submission, false, 1, limits);
      limit(schema, "exclusiveMaximum", name, submission, true, 1, limits);
    }
  }

  /**
   * Shares of a split are limited by each other, a fold by their number, the seed by its type, a
   * policy by the monitor.
   */
  private static boolean isByItself(String path) {
    return !path.matches("/data/split/(training|validation|test|fold)|/seed|/policy/.*");
  }

  private static void limit(
      JsonNode schema,
      String name,
      String path,
      ObjectNode submission,
      boolean exclusive,
      int outwards,
      List<Limit> limits) {
    if (schema.has(name)) {
      limits.add(new Limit(path, submission, schema.get(name).asDouble(), exclusive, outwards));
    }
  }

  private static boolean isNumber(JsonNode schema) {
    String type = schema.path("type").asText();
    return (type.equals("number") || type.equals("integer")) && !schema.has("enum");
  }

  private static void put(ObjectNode submission, String pointer, JsonNode value) {
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = submission.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), value);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
  }

  private static ObjectNode minimal() {
    ObjectNode submission = JSON.createObjectNode().put("name", "a");
    submission
        .putObject("data")
        .put("uri", "digits.csv")
        .putObject("image")
        .put("height", 8)
        .put("width", 8);
    return submission;
  }

  /** The smallest value that follows a schema. */
  private static JsonNode sample(JsonNode schema) {
    if (schema.has("const")) {
      return schema.get("const");
    } else if (schema.has("enum")) {
      return schema.get("enum").get(0);
    } else if (schema.has("oneOf")) {
      return sample(schema.get("oneOf").get(0));
    }
    return switch (schema.path("type").asText()) {
      case "object" -> {
        ObjectNode object = JSON.createObjectNode();
        schema
            .path("required")
            .forEach(
                name ->
                    object.set(name.asText(), sample(schema.at("/properties/" + name.asText()))));
        yield object;
      }
      case "array" -> {
        ArrayNode array = JSON.createArrayNode();
        for (int i = 0; i < schema.path("minItems").asInt(); i++) {
          array.add(sample(schema.get("items")));
        }
        yield array;
      }
      case "boolean" -> JSON.getNodeFactory().booleanNode(false);
      case "integer", "number" ->
          schema.has("default") ? schema.get("default") : schema.path("minimum");
      default ->
          JSON.getNodeFactory()
              .textNode(schema.path("pattern").asText().contains("{64}") ? "0".repeat(64) : "a");
    };
  }

  private static byte[] bytes(ObjectNode submission) {
    return submission.toString().getBytes();
  }
}
