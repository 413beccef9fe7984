package dev.bridle.trainer.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 16_384, 16_385, 100_003})
  void everyValueCountsOnce(int length) {
    Random random = new Random(1);
    float[] values = new float[length];
    double sum = 0;
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
      sum += (double) values[i] * values[i];
    }
    assertThat(Norms.squared(values)).isCloseTo(sum, within(1e-5 * sum));
  }

  @Test
  void whatFloatsCannotSquareDoublesCan() {
    assertThat(Norms.squared(filled(1e25f))).isCloseTo(1000 * 1e50, within(1e48));
    assertThat(Norms.squared(filled(1e-25f))).isCloseTo(1000 * 1e-50, within(1e-52));
  }

  @Test
  void nanAndInfinityStay() {
    assertThat(Norms.squared(filled(Float.NaN))).isNaN();
    assertThat(Norms.squared(filled(Float.POSITIVE_INFINITY))).isInfinite();
  }

  private static float[] filled(float value) {
    float[] values = new float[1000];
    Arrays.fill(values, value);
    return values;
  }
}
