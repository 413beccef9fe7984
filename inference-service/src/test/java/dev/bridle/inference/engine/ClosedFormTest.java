package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.inference.uncertainty.Moments;
import dev.bridle.inference.uncertainty.UncertaintyMeasures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedFormTest {
  private static final String Y = "probabilities";
  private static final int FEATURES = 8;
  private static final int CLASSES = 10;

  @Test
  void ofALinearModelItIsExact() {
    float[] weights = {1, -2, 3, 0.5f};
    float[] x = {1, 1, 0.5f, 2};
    try (ServableModel model = ModelLoader.load(TestModels.linear(weights, 0.5))) {
      SampledAnswer answer = model.closedForm(request(x, x.length));
      Moments y = answer.outputs().get("y").moments();
      assertThat(y.mean(0, 0)).isCloseTo(1 - 2 + 1.5 + 1, within(1e-6));
      assertThat(y.variance(0, 0)).isCloseTo(1 + 4 + 2.25 + 1, within(1e-6));
      assertThat(UncertaintyMeasures.named("mean_se").orElseThrow().of(y)[0]).isZero();
      assertThat(answer.samples()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, CLASSES})
  void behindASoftmaxItComesNearerThanAHundredSubNetworks(int classes) {
    byte[] onnx = TestModels.lastLayer(FEATURES, classes, 0.5);
    try (ServableModel model = ModelLoader.load(onnx)) {
      Map<String, Tensor> request = request(rows(20), FEATURES);
      Moments truth = sampled(model, request, 50_000, -1);
      double[] ofSamples = new double[4];
      int seeds = 20;
      for (int seed = 0; seed < seeds; seed++) {
        double[] errors = errors(sampled(model, request, 100, seed), truth);
        Arrays.setAll(ofSamples, at -> ofSamples[at] + errors[at] / seeds);
      }
      Moments closed = model.closedForm(request).outputs().get(Y).moments();
      double[] errors = errors(closed, truth);
      for (int at = 0; at < errors.length; at++) {
        assertThat(errors[at]).as("error %d", at).isLessThan(ofSamples[at]);
      }
    }
  }

  /** Mean squares: of the mean, the variance, the expected entropy and the votes. */
  private static double[] errors(Moments found, Moments truth) {
    double[] errors = new double[4];
    for (int row = 0; row < found.rows(); row++) {
      for (int unit = 0; unit < found.units(); unit++) {
        errors[0] += Math.pow(found.mean(row, unit) - truth.mean(row, unit), 2);
        errors[1] += Math.pow(found.variance(row, unit) - truth.variance(row, unit), 2);
        errors[3] += Math.pow(found.votes(row, unit) - truth.votes(row, unit), 2);
      }
      errors[2] += Math.pow(found.expectedEntropy(row) - truth.expectedEntropy(row), 2);
    }
    return errors;
  }

  @Test
  void aRowsBitsDoNotDependOnTheRowsBesideIt() {
    byte[] onnx = TestModels.lastLayer(FEATURES, CLASSES, 0.3);
    try (ServableModel model = ModelLoader.load(onnx)) {
      float[] all = rows(64);
      List<String> expected = bits(model, all);
      for (int count = 1; count < 64; count++) {
        float[] some = Arrays.copyOf(all, count * FEATURES);
        assertThat(bits(model, some)).isEqualTo(expected.subList(0, count));
      }
    }
  }

  private static List<String> bits(ServableModel model, float[] rows) {
    Moments moments = model.closedForm(request(rows, FEATURES)).outputs().get(Y).moments();
    return IntStream.range(0, moments.rows())
        .mapToObj(
            row ->
                moments.mean(row, 0)
                    + " "
                    + moments.variance(row, CLASSES - 1)
                    + " "
                    + moments.expectedEntropy(row))
        .toList();
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    byte[] onnx = TestModels.lastLayer(FEATURES, CLASSES, 0.5);
    try (ServableModel model = ModelLoader.load(onnx)) {
      float[] rows = rows(2);
      rows[0] = Float.NaN;
      Moments moments = model.closedForm(request(rows, FEATURES)).outputs().get(Y).moments();
      assertThat(moments.mean(0, 0)).isNaN();
      assertThat(moments.expectedEntropy(0)).isNaN();
      assertThat(moments.mean(1, 0)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void itIsRefusedWhereMoreIsRandomThanTheLastLayer() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(FEATURES, 3, 0.5))) {
      assertThat(model.closedFormRefusal())
          .hasValueSatisfying(reason -> assertThat(reason).contains("before its last layer"));
    }
  }

  @Test
  void itIsRefusedWhereTheCovariancesWouldNotFit() {
    try (ServableModel model = ModelLoader.load(TestModels.lastLayer(FEATURES, 800, 0.5))) {
      assertThat(model.closedFormRefusal())
          .hasValueSatisfying(reason -> assertThat(reason).contains("few classes"));
    }
  }

  private static Moments sampled(
      ServableModel model, Map<String, Tensor> request, int samples, long seed) {
    return model
        .sample(request, SamplingPlan.of(MaskMethods.INDEPENDENT, samples, seed))
        .outputs()
        .get(Y)
        .moments();
  }

  private static float[] rows(int count) {
    Random random = new Random(3);
    float[] rows = new float[count * FEATURES];
    for (int at = 0; at < rows.length; at++) {
      rows[at] = (float) random.nextGaussian();
    }
    return rows;
  }

  private static Map<String, Tensor> request(float[] rows, int features) {
    return Map.of(
        "input", Tensor.floats(List.of((long) (rows.length / features), (long) features), rows));
  }
}
