package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.events.ModelExported;
import dev.bridle.events.TrainingEvent;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.spec.SpecJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of other models and heads, each from its submission to its announced model. */
class ExampleRunsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final List<TrainingEvent> said = new ArrayList<>();

  @Test
  void digitsOfAConvolutionalNetworkAreAnnouncedWithTheirLabels() throws Exception {
    Map<String, String> metadata = announced("digits-cnn");
    assertThat(JSON.readTree(metadata.get("labels"))).hasSize(10);
    assertThat(JSON.readTree(metadata.get("metrics")).get("label/accuracy").asDouble())
        .isGreaterThan(0.8);
  }

  @Test
  void picturesInIdxAreAnnouncedWithTheirLabels() throws Exception {
    Map<String, String> metadata = announced("fashion-dropout");
    assertThat(JSON.readTree(metadata.get("labels"))).hasSize(10);
    assertThat(JSON.readTree(metadata.get("metrics")).get("label/accuracy").asDouble())
        .isGreaterThan(0.75);
  }

  @Test
  void numbersAreAnnouncedWithTheScaleOfTheirMetrics() throws Exception {
    Map<String, String> metadata = announced("diabetes");
    assertThat(metadata).doesNotContainKey("labels");
    JsonNode head = JSON.readTree(metadata.get("heads")).get(0);
    double deviation = head.get("deviation").asDouble();
    assertThat(head.get("residual_variance").asDouble())
        .isBetween(0.1 * deviation * deviation, deviation * deviation);
    assertThat(head.get("kind").asText()).isEqualTo("regression");
    assertThat(head.get("output").asText()).isEqualTo("values");
    assertThat(head.get("mean").asDouble()).isBetween(140.0, 165.0);
    assertThat(head.get("deviation").asDouble()).isBetween(70.0, 85.0);
    assertThat(JSON.readTree(metadata.get("metrics")).get("target/rmse").asDouble()).isPositive();
  }

  @Test
  void severalTasksAreAnnouncedWithTheOutputsAndLabelsOfEach() throws Exception {
    Map<String, String> metadata = announced("olive-oils");
    JsonNode heads = JSON.readTree(metadata.get("heads"));
    assertThat(heads.get(0).get("output").asText()).isEqualTo("region/probabilities");
    assertThat(heads.get(0).get("labels")).hasSize(3);
    assertThat(heads.get(1).get("output").asText()).isEqualTo("area/probabilities");
    assertThat(heads.get(1).get("labels")).hasSize(9);
    JsonNode reports = JSON.readTree(metadata.get("evaluation")).get("heads");
    assertThat(reports).hasSize(2);
    assertThat(reports.get(1).get("monteCarlo").get("brier").asDouble()).isBetween(0.0, 2.0);
    assertThat(reports.get(1).get("plain").get("reliability")).hasSize(15);
  }

  private Map<String, String> announced(String example) throws Exception {
    ObjectNode json =
        (ObjectNode) JSON.readTree(Path.of("../examples/specs/" + example + ".json").toFile());
    ((ObjectNode) json.get("training")).put("epochs", 8);
    Runs runs =
        new Runs(
            new LocalQueue(1),
            folder,
            Training.setup(Duration.ofHours(1)),
            said::add,
            Clock.systemUTC());
    RunView submitted = runs.submit(SpecJson.read(JSON.writeValueAsBytes(json)), Optional.empty());
    runs.trainNext();
    RunView ended = runs.view(submitted.run()).orElseThrow();
    assertThat(ended.transitions().get(ended.transitions().size() - 1).reason()).isEmpty();
    assertThat(said).anyMatch(ModelExported.class::isInstance);
    String card = Files.readString(runs.artifact(submitted.run(), RunExecution.CARD).orElseThrow());
    assertThat(card).startsWith("# Model card: " + example).contains("MC-dropout, 100 samples");
    Path model = runs.artifact(submitted.run(), RunExecution.MODEL).orElseThrow();
    return OnnxMl.ModelProto.parseFrom(Files.readAllBytes(model)).getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(
                OnnxMl.StringStringEntryProto::getKey, OnnxMl.StringStringEntryProto::getValue));
  }
}
