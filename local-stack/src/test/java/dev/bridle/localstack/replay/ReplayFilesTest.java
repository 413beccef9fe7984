package dev.bridle.localstack.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.monitor.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayFilesTest {
  private static final String KERAS =
      """
      {"combine": "any", "rules": [
        {"rule": "patience", "dialect": "keras", "patience": 2, "baseline": null}]}""";

  @TempDir Path folder;

  @Test
  void replaysACsvOfCurvesAsJson() throws Exception {
    Path curve = file("loss.csv", "validationLoss\n10\n9\n8\n9\n8.9\n8.8\n");

    assertThat(report(KERAS, curve))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"curve": "loss.csv", "stopIndex": 4, "bestIndex": 2, "signals": [],
                      "reason": "validationLoss has not improved for 2 epochs: best 8.000 at epoch 3, now 8.900"}]"""));
  }

  @Test
  void tellsTheLearningRateThatASignalLeadsTo() throws Exception {
    Path curve = file("flat.json", "[{\"validationLoss\": 1}, {\"validationLoss\": \"NaN\"}]");
    String policy =
        """
        {"rules": [{"rule": "reduceOnPlateau", "patience": 1, "factor": 0.1,
          "initialLearningRate": 0.5}]}""";

    assertThat(report(policy, curve).at("/0/signals/0").toString())
        .isEqualTo("{\"index\":1,\"action\":\"reduceLearningRate\",\"learningRate\":0.05}");
  }

  @Test
  void readsSeveralCurvesStepsAndGaps() throws Exception {
    Path curve =
        file(
            "many.json",
            """
            [{"curve": "a", "epochs": [{"step": 0, "validationLoss": 1}, {"step": 10, "validationLoss": null, "x": 2}]},
             {"curve": "b", "epochs": [{"validationLoss": "Infinity"}]}]""");

    assertThat(CurveFile.read(curve)).extracting(read -> read.name()).containsExactly("a", "b");
    assertThat(CurveFile.read(curve).get(0).epochs())
        .extracting(epoch -> epoch.epoch())
        .containsExactly(1, 11);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss\\nhigh\\n | bad.csv, line 2: loss should be a number: was 'high'",
        "loss,step\\n1,-1\\n | bad.csv, line 2: step should be a whole number of at least 0: was -1.0",
        "a,b\\n1\\n | bad.csv, line 2 should have 2 values: has 1",
        "loss\\n | bad.csv has no epochs",
      })
  void namesTheLineOfABadRow(String content, String message) throws Exception {
    Path curve = file("bad.csv", content.replace("\\n", "\n"));

    assertThatThrownBy(() -> CurveFile.read(curve)).hasMessageContaining(message);
  }

  @Test
  void namesAPolicyThatCannotBeRead() throws Exception {
    Path noRules = file("policy.json", "{\"rules\": []}");
    Path missing = folder.resolve("missing.json");

    assertThatThrownBy(() -> PolicyFile.read(noRules))
        .hasMessageEndingWith("policy.json is no policy: policy.rules should not be empty");
    assertThatThrownBy(() -> PolicyFile.read(missing)).hasMessageContaining("cannot be read");
  }

  private JsonNode report(String policy, Path curve) throws IOException {
    Replay replay = new Replay(PolicyFile.read(file("policy.json", policy)));
    return new ObjectMapper()
        .readTree(ReplayReport.json(CurveFile.read(curve).stream().map(replay::of).toList()));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
