package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.events.MetricVocabulary;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole trainings of the examples whose heads are not one classification. */
class HeadsTrainingTest {
  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void diabetesIsPredictedBetterThanByItsMean() throws IOException {
    Training training = Training.of(example("diabetes"));
    double best =
        training.epochs().stream()
            .mapToDouble(epoch -> epoch.metrics().get("target/rmse"))
            .min()
            .orElseThrow();
    assertThat(best).isLessThan(0.8);
    Map<String, Double> metrics = training.epochs().get(0).metrics();
    assertThat(metrics.get("validationLoss"))
        .isCloseTo(Math.pow(metrics.get("target/rmse"), 2), within(1e-9));
    assertThat(metrics).containsKey("target/mae").doesNotContainKey("target/accuracy");
    assertThat(metrics.keySet())
        .allSatisfy(name -> assertThat(MetricVocabulary.shared().entry(name)).isPresent());
  }

  @Test
  void oliveOilsAreToldByRegionAndAreaAndTheWeightsOfBothAreLearned() throws IOException {
    Training training = Training.of(example("olive-oils"));
    Map<String, Double> first = training.epochs().get(0).metrics();
    Map<String, Double> last = training.epochs().get(training.epochs().size() - 1).metrics();
    assertThat(last.get("region/accuracy")).isGreaterThan(0.97);
    assertThat(last.get("area/accuracy")).isGreaterThan(0.9);
    assertThat(last.get("validationLoss"))
        .isCloseTo(last.get("region/loss") + last.get("area/loss"), within(1e-9));
    assertThat(last.get("region/lossWeight")).isGreaterThan(first.get("region/lossWeight"));
    assertThat(last.get("region/lossWeight")).isGreaterThan(last.get("area/lossWeight"));
    assertThat(training.last().tensor("heads.logVariance").values()).hasSize(2);
    assertThat(training.arrays().stream().distinct()).hasSize(1);
    assertThat(last.keySet())
        .allSatisfy(name -> assertThat(MetricVocabulary.shared().entry(name)).isPresent());
  }

  private static RunSpec example(String name) throws IOException {
    return SpecJson.read(Files.readAllBytes(Path.of("../examples/specs/" + name + ".json")));
  }
}
