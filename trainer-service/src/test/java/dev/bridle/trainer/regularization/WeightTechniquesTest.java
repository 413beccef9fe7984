package dev.bridle.trainer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The formulas of what acts on weights and gradients, worked by hand. */
class WeightTechniquesTest {
  private static final Offset<Float> CLOSE = within(1e-6f);

  @Test
  void l1ShrinksByRateTimesStrengthAndStopsAtExactlyZero() {
    WeightStep weight = matrix(1, 0.5f, -0.5f, 0.05f, -0.05f, Float.NaN);
    new L1(1).afterUpdate(weight, 0.1);
    assertThat(weight.values()[0]).isCloseTo(0.4f, CLOSE);
    assertThat(weight.values()[1]).isCloseTo(-0.4f, CLOSE);
    assertThat(weight.values()[2]).isEqualTo(0f);
    assertThat(weight.values()[3]).isEqualTo(0f);
    assertThat(weight.values()[4]).isNaN();
  }

  @Test
  void l1ReportsItsPenalty() {
    assertThat(new L1(0.5).gradients(List.of(matrix(1, 3, -4)))).isEqualTo(3.5);
  }

  @Test
  void l2AddsStrengthTimesWeightToTheGradientAndReportsHalfTheSquares() {
    WeightStep weight = matrix(1, 3, -4);
    assertThat(new L2(0.5).gradients(List.of(weight))).isEqualTo(0.25 * 25);
    assertThat(weight.gradient()).containsExactly(1.5f, -2);
    assertThat(weight.values()).containsExactly(3, -4);
  }

  @Test
  void decoupledDecayLeavesTheGradientAlone() {
    WeightStep weight = matrix(1, 2, -4);
    assertThat(new WeightDecay(0.5).gradients(List.of(weight))).isZero();
    new WeightDecay(0.5).beforeUpdate(weight, 0.1);
    assertThat(weight.gradient()).containsExactly(0, 0);
    assertThat(weight.values()[0]).isCloseTo(1.9f, CLOSE);
    assertThat(weight.values()[1]).isCloseTo(-3.8f, CLOSE);
  }

  @Test
  void elasticNetIsL1AtOneEndAndSquaresAtTheOther() {
    WeightStep weight = matrix(1, 0.5f, -0.05f);
    new ElasticNet(1, 1).afterUpdate(weight, 0.1);
    assertThat(weight.values()[0]).isCloseTo(0.4f, CLOSE);
    assertThat(weight.values()[1]).isEqualTo(0f);
    WeightStep other = matrix(1, 0.5f);
    new ElasticNet(1, 0).afterUpdate(other, 0.1);
    assertThat(other.values()[0]).isCloseTo(0.5f / 1.1f, CLOSE);
  }

  @Test
  void maxNormScalesOnlyTheUnitsThatAreTooLong() {
    WeightStep weight = matrix(2, 3, 4, 0.3f, 0.4f);
    new MaxNorm(1).afterUpdate(weight, 0.1);
    assertThat(weight.values()[0]).isCloseTo(0.6f, CLOSE);
    assertThat(weight.values()[1]).isCloseTo(0.8f, CLOSE);
    assertThat(weight.values()[2]).isEqualTo(0.3f);
    assertThat(weight.values()[3]).isEqualTo(0.4f);
  }

  @Test
  void clippingScalesNegativeGradientsTooByTheNormOverAllLayers() {
    WeightStep one = new WeightStep("a", "a.weight", true, 1, new float[1], new float[] {-3});
    WeightStep two = new WeightStep("b", "b.bias", false, 1, new float[1], new float[] {4});
    new GradientClipping(1).gradients(List.of(one, two));
    assertThat(one.gradient()[0]).isCloseTo(-0.6f, CLOSE);
    assertThat(two.gradient()[0]).isCloseTo(0.8f, CLOSE);
    new GradientClipping(2).gradients(List.of(one, two));
    assertThat(one.gradient()[0]).isCloseTo(-0.6f, CLOSE);
  }

  @Test
  void clippingDoesNotHideANanGradient() {
    WeightStep weight = new WeightStep("a", "w", true, 1, new float[2], new float[] {Float.NaN, 9});
    new GradientClipping(1).gradients(List.of(weight));
    assertThat(weight.gradient()[0]).isNaN();
    assertThat(weight.gradient()[1]).isEqualTo(9);
  }

  @Test
  void biasesAreLeftAlone() {
    WeightStep bias = new WeightStep("a", "a.bias", false, 2, new float[] {9, 9}, new float[2]);
    for (Regularizer technique :
        List.of(new L1(1), new L2(1), new WeightDecay(1), new ElasticNet(1, 0.5), new MaxNorm(1))) {
      assertThat(technique.gradients(List.of(bias))).isZero();
      technique.beforeUpdate(bias, 0.1);
      technique.afterUpdate(bias, 0.1);
    }
    assertThat(bias.values()).containsExactly(9, 9);
    assertThat(bias.gradient()).containsExactly(0, 0);
  }

  private static WeightStep matrix(int units, float... values) {
    return new WeightStep("dense1", "dense1.weight", true, units, values, new float[values.length]);
  }
}
