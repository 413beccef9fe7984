package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.Training;
import dev.bridle.trainer.data.PreparedData;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.head.Evaluation;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a convolutional network measures, and what moving its images brings. */
class ConvolutionalTrainingTest {
  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @Test
  void theExampleRecognizesDigitsWithinItsEpochs() throws Exception {
    RunSpec spec = SpecJson.read(Files.readAllBytes(Path.of("../examples/specs/digits-cnn.json")));
    Training training = Training.of(spec);
    Map<String, Double> last = training.epochs().get(training.epochs().size() - 1).metrics();
    assertThat(last.get("label/accuracy")).isGreaterThan(0.97);
    assertThat(last)
        .containsKeys(
            "gradientNorm/conv1", "weightNorm/conv2", "updateRatio/norm1", "deadShare/activation1")
        .containsEntry("dropout/spatialDropout2", 0.1)
        .containsEntry("dropout/dropout1", 0.3);
  }

  @Test
  void shiftsHelpOnShiftedDigits() {
    Function<EngineNetwork, Double> accuracy =
        engine -> {
          Rows moved = movedRight();
          return Evaluation.of(engine.outputs(moved), moved.labels()).accuracy();
        };
    double before = Training.of(Training.convolutional(30, "relu", "[]"), accuracy).answer();
    String shift = "[{\"technique\": \"shift\", \"pixels\": 1}]";
    double after = Training.of(Training.convolutional(30, "relu", shift), accuracy).answer();
    assertThat(after).isGreaterThan(before + 0.1);
  }

  @Test
  void aMapThatIsNeverAboveZeroIsADeadUnit() {
    RunSpec spec = Training.convolutional(1, "relu", "[]");
    PreparedData data = Digits.prepared(spec);
    Map<String, Double> metrics = new java.util.TreeMap<>();
    Training.of(
        spec,
        engine -> {
          engine.learned().stream()
              .filter(weight -> weight.name().equals("norm1.beta"))
              .forEach(weight -> weight.view().put(0, -1000).put(1, -1000));
          LayerHealth.measure(engine, data.validation(), metrics);
          return null;
        });
    assertThat(metrics.get("deadShare/activation1")).isEqualTo(2.0 / 8);
  }

  private static Rows movedRight() {
    PreparedData data = Digits.prepared(Training.convolutional(1, "relu", "[]"));
    Rows raw = data.table().select(data.splits().test());
    float[] moved = new float[raw.features().length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = i % 8 == 0 ? 0 : raw.features()[i - 1];
    }
    return data.scaler().standardized(new Rows(moved, raw.columns(), raw.labels()));
  }
}
