package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.inference.mask.MaskMethod;
import dev.bridle.inference.mask.MaskMethods;
import dev.bridle.inference.testing.TestModels;
import dev.bridle.inference.uncertainty.Moments;
import dev.bridle.inference.uncertainty.StandardErrorTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static final String Y = "probabilities";
  private static final float[] ROW = {1, -1, 0.5f, 2, -0.5f, 1, 0.3f, -2};
  private static final float[] WEIGHTS = {1, -2, 3, 0.5f};
  private static final float[] X = {1, 1, 0.5f, 2};
  private static final double LINEAR_MEAN = 1 - 2 + 1.5 + 1;

  @Test
  void everyMethodEstimatesTheSameMeanAndTheDependentOnesComeNearer() {
    try (ServableModel model = ModelLoader.load(TestModels.mlp(ROW.length, 3, 0.5))) {
      double truth = mean(model, MaskMethods.INDEPENDENT, 60_000, 1);
      double plain = error(model, MaskMethods.INDEPENDENT, truth);
      double antithetic = error(model, MaskMethods.named("antithetic").orElseThrow(), truth);
      double balanced = error(model, MaskMethods.BALANCED, truth);
      assertThat(antithetic).isLessThan(0.95 * plain);
      assertThat(balanced).isLessThan(0.8 * plain);
    }
  }

  /** Root mean square error of the mean of 20 samples; that it isn't biased is asserted. */
  private static double error(ServableModel model, MaskMethod method, double truth) {
    int seeds = 1_500;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double error = mean(model, method, 20, seed) - truth;
      sum += error;
      squares += error * error;
    }
    double root = Math.sqrt(squares / seeds);
    assertThat(sum / seeds).as(method.name()).isCloseTo(0, within(4 * root / Math.sqrt(seeds)));
    return root;
  }

  /** For whole pieces of half-samples, for rests of them, and for ratios that have none. */
  @Test
  void theStandardErrorOfBalancedSamplesIsNoLessThanTheTrueOne() {
    for (byte[] onnx :
        List.of(
            TestModels.mlp(ROW.length, 3, 0.5),
            TestModels.lastLayer(ROW.length, 4, 0.5),
            TestModels.lastLayer(ROW.length, 4, 0.2))) {
      try (ServableModel model = ModelLoader.load(onnx)) {
        Moments truth = moments(model, MaskMethods.INDEPENDENT, 60_000, 1);
        for (int samples : new int[] {8, 30, 64}) {
          double squares = 0;
          double reported = 0;
          for (int seed = 0; seed < 400; seed++) {
            Moments found = moments(model, MaskMethods.BALANCED, samples, seed);
            for (int unit = 0; unit < found.units(); unit++) {
              squares += Math.pow(found.mean(0, unit) - truth.mean(0, unit), 2);
              reported += found.meanVariance(0, unit);
            }
          }
          assertThat(squares).as("%d samples", samples).isPositive().isLessThan(reported);
        }
      }
    }
  }

  @Test
  void drawingEndsWhenTheMeanIsNearEnoughAndThenItIs() {
    double target = 0.1;
    int seeds = 200;
    int missed = 0;
    try (ServableModel model = ModelLoader.load(TestModels.linear(WEIGHTS, 0.5))) {
      for (int seed = 0; seed < seeds; seed++) {
        SampledAnswer answer = model.sample(request(X), upTo(target, 10_000, seed));
        assertThat(answer.reason()).isEqualTo(StopReason.TARGET_SE);
        assertThat(answer.samples()).isBetween(800, 4_000);
        double error = answer.outputs().get("y").moments().mean(0, 0) - LINEAR_MEAN;
        missed += Math.abs(error) > 1.96 * target ? 1 : 0;
      }
    }
    assertThat(missed).isLessThanOrEqualTo((int) (0.05 * seeds));
  }

  @Test
  void aRowEndsByItselfWhateverIsBesideIt() {
    float[] calm = {0.1f, 0, 0, 0};
    try (ServableModel model = ModelLoader.load(TestModels.linear(WEIGHTS, 0.5))) {
      SampledAnswer alone = model.sample(request(calm), upTo(0.02, 5_000, 3));
      SampledAnswer beside = model.sample(request(calm, X), upTo(0.02, 5_000, 3));
      assertThat(beside.reason()).isEqualTo(StopReason.SAMPLES);
      assertThat(beside.samples()).isEqualTo(5_000);
      assertThat(beside.outputs().get("y").moments().samples(0)).isEqualTo(alone.samples());
      assertThat(beside.outputs().get("y").mean().floats()[0])
          .isEqualTo(alone.outputs().get("y").mean().floats()[0]);
    }
  }

  @Test
  void aDeadlineEndsTheDrawingWithWhatThereIs() {
    AtomicInteger looks = new AtomicInteger();
    try (ServableModel model = ModelLoader.load(TestModels.residual(ROW.length, 3, 0.5))) {
      SampledAnswer answer =
          model.sample(
              request(ROW, ROW),
              new SamplingPlan(
                  MaskMethods.INDEPENDENT,
                  1_000,
                  1,
                  Optional.empty(),
                  () -> looks.incrementAndGet() == 4));
      assertThat(answer.reason()).isEqualTo(StopReason.DEADLINE);
      Moments y = answer.outputs().get(Y).moments();
      assertThat(answer.samples()).isEqualTo(y.samples(0)).isLessThan(1_000);
      assertThat(y.samples(1)).isBetween(1, y.samples(0) - 1);
    }
  }

  @Test
  void everyRowHasASampleHoweverEarlyTheDeadline() {
    try (ServableModel model = ModelLoader.load(TestModels.linear(WEIGHTS, 0.5))) {
      SampledAnswer answer =
          model.sample(
              request(X, X, X),
              new SamplingPlan(MaskMethods.INDEPENDENT, 1_000, 1, Optional.empty(), () -> true));
      assertThat(answer.reason()).isEqualTo(StopReason.DEADLINE);
      for (int row = 0; row < 3; row++) {
        assertThat(answer.outputs().get("y").moments().samples(row)).isBetween(1, 64);
      }
    }
  }

  @Test
  void aResidualAroundTheFirstProductIsOfTheSameRow() {
    try (ServableModel model = ModelLoader.load(TestModels.residual(ROW.length, 3, 0.5))) {
      float[] other = {0, 3, -1, 1, 1, 0, -2, 1};
      for (MaskMethod method : MaskMethods.all()) {
        SamplingPlan plan = SamplingPlan.of(method, 30, 4);
        float[] alone = model.sample(request(ROW), plan).outputs().get(Y).mean().floats();
        float[] beside = model.sample(request(other, ROW), plan).outputs().get(Y).mean().floats();
        assertThat(Arrays.copyOfRange(beside, 3, 6)).containsExactly(alone);
      }
    }
  }

  private static SamplingPlan upTo(double target, int samples, long seed) {
    return new SamplingPlan(
        MaskMethods.INDEPENDENT,
        samples,
        seed,
        Optional.of(new StandardErrorTarget(target)),
        Deadline.NONE);
  }

  private static double mean(ServableModel model, MaskMethod method, int samples, long seed) {
    return moments(model, method, samples, seed).mean(0, 0);
  }

  private static Moments moments(ServableModel model, MaskMethod method, int samples, long seed) {
    return model
        .sample(request(ROW), SamplingPlan.of(method, samples, seed))
        .outputs()
        .get(Y)
        .moments();
  }

  private static Map<String, Tensor> request(float[]... rows) {
    int features = rows[0].length;
    float[] values = new float[rows.length * features];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * features, features);
    }
    return Map.of("input", Tensor.floats(List.of((long) rows.length, (long) features), values));
  }
}
