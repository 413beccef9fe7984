package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.ModelFiles;
import dev.bridle.inference.testing.ModelFiles.Expected;
import dev.bridle.inference.uncertainty.Moments;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models as PyTorch exports them in training mode and as onnx writes them, of every opset's
 * spelling, answer what PyTorch or the formula does.
 */
class ModelVarietyTest {
  private static final Map<String, Expected> EXPECTED = ModelFiles.expected();
  private static final int SAMPLES = 10_000;

  static Stream<String> all() {
    return EXPECTED.keySet().stream();
  }

  static Stream<String> sampled() {
    return all().filter(name -> EXPECTED.get(name).isSampled());
  }

  static Stream<String> plainAlone() {
    return all().filter(name -> !EXPECTED.get(name).isSampled());
  }

  @ParameterizedTest
  @MethodSource("all")
  void thePlainAnswerIsTheOneOfEvaluationMode(String name) {
    Expected expected = EXPECTED.get(name);
    try (ServableModel model = ModelLoader.load(ModelFiles.bytes(name))) {
      assertThat(model.inputs()).extracting(TensorSpec::name).containsExactly("input");
      float[] y = model.answer(request(expected), Set.of("y")).get("y").floats();
      assertThat(y).hasSize(expected.plain().length);
      for (int at = 0; at < y.length; at++) {
        assertThat((double) y[at]).isCloseTo(expected.plain()[at], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sampled")
  void theSampledMomentsAreThoseOfDropoutAloneInTrainingMode(String name) {
    Expected expected = EXPECTED.get(name);
    try (ServableModel model = ModelLoader.load(ModelFiles.bytes(name))) {
      assertThat(model.samplingRefusal()).isEmpty();
      SamplingPlan plan = SamplingPlan.of(MaskMethods.INDEPENDENT, SAMPLES, 3);
      Moments moments = model.sample(request(expected), plan).outputs().get("y").moments();
      for (int at = 0; at < expected.mean().length; at++) {
        double variance = expected.variance()[at];
        double error =
            Math.sqrt(
                variance / SAMPLES + (expected.passes() == 0 ? 0 : variance / expected.passes()));
        int row = at / moments.units();
        int unit = at % moments.units();
        assertThat(moments.mean(row, unit))
            .as("mean of row %d, unit %d", row, unit)
            .isCloseTo(expected.mean()[at], within(5 * error + 1e-6));
        assertThat(moments.variance(row, unit))
            .as("variance of row %d, unit %d", row, unit)
            .isCloseTo(variance, within(0.15 * variance + 1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plainAlone")
  void whatCantBeSampledSaysHowToExportIt(String name) {
    try (ServableModel model = ModelLoader.load(ModelFiles.bytes(name))) {
      assertThat(model.samplingRefusal())
          .hasValueSatisfying(
              reason ->
                  assertThat(reason)
                      .containsAnyOf("training_mode a constant true", "should be a constant"));
    }
  }

  @Test
  void everyKindIsThere() {
    assertThat(sampled()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(plainAlone()).hasSizeGreaterThanOrEqualTo(6);
  }

  private static Map<String, Tensor> request(Expected expected) {
    return Map.of("input", Tensor.floats(expected.shape(), expected.input()));
  }
}
