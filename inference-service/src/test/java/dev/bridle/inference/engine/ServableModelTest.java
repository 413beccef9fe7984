package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.inference.graph.ModelRefusedException;
import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.inference.uncertainty.OutputKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServableModelTest {
  private static final int FEATURES = 8;
  private static final int CLASSES = 5;
  private static final String Y = "probabilities";

  @Test
  void meanAndVarianceApproachTheory() {
    float[] weights = {1, -2, 3, 0.5f};
    float[] x = {1, 1, 0.5f, 2};
    int samples = 20_000;
    try (ServableModel model = ModelLoader.load(TestModels.linear(weights, 0.5))) {
      SampledOutput y = sampled(model, request(1, x), samples, 11, "y");
      double mean = 0;
      double variance = 0;
      for (int at = 0; at < x.length; at++) {
        mean += weights[at] * x[at];
        variance += Math.pow(weights[at] * x[at], 2);
      }
      assertThat(y.moments().mean(0, 0)).isCloseTo(mean, within(5 * Math.sqrt(variance / samples)));
      assertThat(y.moments().variance(0, 0)).isCloseTo(variance, within(0.05 * variance));
      assertThat(model.sampledOutputs()).containsEntry("y", OutputKind.VALUES);
    }
  }

  @Test
  void theOlderOpsetDrawsTheSameMasks() {
    float[] weights = {1, -2, 3, 0.5f};
    try (ServableModel newer = ModelLoader.load(TestModels.linear(weights, 0.5));
        ServableModel older = ModelLoader.load(TestModels.linearOfOpset11(weights, 0.5))) {
      float[] x = {1, 1, 1, 1};
      assertThat(sampled(older, request(1, x), 50, 1, "y").mean().floats())
          .isEqualTo(sampled(newer, request(1, x), 50, 1, "y").mean().floats());
    }
  }

  /** Of a model whose first product is halved for pairs, of one too narrow, of the last layer. */
  @Test
  void aRowsBitsDependOnTheSeedAlone() {
    float[] rows = rows(64);
    for (byte[] onnx :
        List.of(
            TestModels.mlp(FEATURES, 16, CLASSES, 0.5),
            TestModels.mlp(FEATURES, 96, CLASSES, 0.5),
            TestModels.lastLayer(FEATURES, CLASSES, 0.5))) {
      try (ServableModel model = ModelLoader.load(onnx)) {
        for (MaskMethod method : MaskMethods.all()) {
          Map<String, Tensor> row = request(1, Arrays.copyOf(rows, FEATURES));
          float[] alone = first(sampled(model, row, SamplingPlan.of(method, 30, 5), Y));
          for (int count = 1; count <= 64; count++) {
            float[] given = Arrays.copyOf(rows, count * FEATURES);
            assertThat(
                    first(sampled(model, request(count, given), SamplingPlan.of(method, 30, 5), Y)))
                .as("%s, %d rows", method.name(), count)
                .containsExactly(alone);
          }
          assertThat(first(sampled(model, row, SamplingPlan.of(method, 30, 6), Y)))
              .isNotEqualTo(alone);
        }
      }
    }
  }

  /** Down to the narrowest product there is: one column, and one sample. */
  @Test
  void aRowsBitsBehindALastLayerDoNotDependOnTheRowsBesideItHoweverManySamplesThereAre() {
    float[] rows = rows(64);
    float[] weights = Arrays.copyOf(rows, FEATURES);
    try (ServableModel model = ModelLoader.load(TestModels.linear(weights, 0.3))) {
      for (int samples : new int[] {1, 2, 17, 128, 200}) {
        SamplingPlan plan = SamplingPlan.of(MaskMethods.INDEPENDENT, samples, 5);
        float[] all = sampled(model, request(64, rows), plan, "y").mean().floats();
        for (int row = 0; row < 64; row++) {
          float[] alone = Arrays.copyOfRange(rows, row * FEATURES, (row + 1) * FEATURES);
          assertThat(sampled(model, request(1, alone), plan, "y").mean().floats()[0])
              .as("%d samples, row %d", samples, row)
              .isEqualTo(all[row]);
        }
      }
    }
  }

  @Test
  void manyThreadsGiveTheSameBits() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(FEATURES, CLASSES, 0.5))) {
      Map<String, Tensor> request = request(3, rows(3));
      float[] expected = sampled(model, request, 40, 9, Y).mean().floats();
      List<float[]> answers =
          new Random(1)
              .ints(32)
              .parallel()
              .mapToObj(i -> sampled(model, request, 40, 9, Y).mean().floats())
              .toList();
      assertThat(answers).allSatisfy(answer -> assertThat(answer).containsExactly(expected));
    }
  }

  @Test
  void thePlainAnswerHasNoRandomness() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(FEATURES, CLASSES, 0.5))) {
      Map<String, Tensor> request = request(2, rows(2));
      assertThat(model.answer(request, Set.of(Y)).get(Y).floats())
          .containsExactly(model.answer(request, Set.of(Y)).get(Y).floats());
      assertThat(model.answer(request, Set.of(Y)).get(Y).shape()).containsExactly(2L, 5L);
      assertThat(model.sampledOutputs()).containsEntry(Y, OutputKind.DISTRIBUTION);
    }
  }

  @Test
  void rowsThatDontDependOnEachOtherMayShareARun() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(FEATURES, CLASSES, 0.5));
        ServableModel mixing = ModelLoader.load(TestModels.minusTheMeanOfTheRows(FEATURES))) {
      assertThat(model.takesRowsOneByOne()).isTrue();
      assertThat(mixing.takesRowsOneByOne()).isFalse();
    }
  }

  @Test
  void aModelWithoutLiveDropoutIsServedPlainlyAlone() {
    try (ServableModel model = ModelLoader.load(TestModels.switchedOff(new float[] {1, 2}))) {
      assertThat(model.answer(request(1, new float[] {3, 4}), Set.of("y")).get("y").floats())
          .containsExactly(11);
      assertThatThrownBy(() -> sampled(model, request(1, new float[] {3, 4}), 10, 1, "y"))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageContaining("no live Dropout");
    }
  }

  @Test
  void aDropoutThatDoesntActIsRefusedMcMode() {
    try (ServableModel model = ModelLoader.load(TestModels.linear(new float[] {1, 2}, 0))) {
      assertThat(model.samplingRefusal())
          .hasValueSatisfying(reason -> assertThat(reason).contains("two seeds", "export"));
    }
  }

  @Test
  void labelsThatDontExcludeEachOtherArentADistribution() {
    try (ServableModel model = ModelLoader.load(TestModels.multiLabel(FEATURES, 3, 0.5))) {
      assertThat(model.sampledOutputs()).containsEntry("labels", OutputKind.LABELS);
    }
  }

  @Test
  void noiseComesFromTheMetadataOrAVarianceBesideTheOutput() {
    float[] weights = {1, 2};
    try (ServableModel residual =
            ModelLoader.load(TestModels.linearWithResiduals(weights, 0.5, 2.25));
        ServableModel predicted = ModelLoader.load(TestModels.linearWithLogVariance(weights, 0.5));
        ServableModel neither = ModelLoader.load(TestModels.linear(weights, 0.5));
        ServableModel broken =
            ModelLoader.load(TestModels.linearWithResiduals(weights, 0.5, Double.NaN))) {
      assertThat(residual.noises()).isEqualTo(Map.of("y", new Noise.Residual(2.25)));
      assertThat(predicted.noises()).isEqualTo(Map.of("y", new Noise.Predicted("y_variance")));
      assertThat(neither.noises()).isEmpty();
      assertThat(broken.noises()).isEmpty();
    }
  }

  @Test
  void variancesAndNotTheirLogarithmsAreAveraged() {
    float[] weights = {0.25f};
    float[] x = {1};
    try (ServableModel model = ModelLoader.load(TestModels.linearWithLogVariance(weights, 0.5))) {
      double mean = sampled(model, request(1, x), 20_000, 3, "y_variance").moments().mean(0, 0);
      // y is 0 or 0.5, so the log-variance 0 or 1.
      assertThat(mean).isCloseTo((1 + Math.E) / 2, within(0.03));
    }
  }

  @Test
  void aTruncatedModelIsRefused() {
    byte[] whole = TestModels.mlp(FEATURES, CLASSES, 0.5);
    assertThatThrownBy(() -> ModelLoader.load(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(ModelRefusedException.class);
  }

  private static SampledOutput sampled(
      ServableModel model, Map<String, Tensor> request, int samples, long seed, String output) {
    return sampled(model, request, SamplingPlan.of(MaskMethods.INDEPENDENT, samples, seed), output);
  }

  private static SampledOutput sampled(
      ServableModel model, Map<String, Tensor> request, SamplingPlan plan, String output) {
    return model.sample(request, plan).outputs().get(output);
  }

  private static float[] first(SampledOutput answer) {
    return Arrays.copyOf(answer.mean().floats(), CLASSES);
  }

  private static float[] rows(int count) {
    Random random = new Random(5);
    float[] values = new float[count * FEATURES];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Map<String, Tensor> request(int rows, float[] values) {
    return Map.of(
        "input", Tensor.floats(List.of((long) rows, (long) values.length / rows), values));
  }
}
