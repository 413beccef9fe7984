package dev.bridle.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {
  private static final int UNITS = 1000;
  private static final int SAMPLES = 1000;

  @Test
  void dropsTheShareThatTheRatioNamesAndKeepsTheMean() {
    for (double ratio : new double[] {0, 0.1, 0.5, 0.9}) {
      DropoutMask mask = new DropoutMask(0, ratio);
      double dropped = 0;
      double sum = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        for (float value : drawn(mask, 42, sample)) {
          dropped += value == 0 ? 1 : 0;
          sum += value;
        }
      }
      double draws = UNITS * SAMPLES;
      double fiveSigma = 5 * Math.sqrt(ratio * (1 - ratio) / draws) + 1e-12;
      assertThat(dropped / draws).isCloseTo(ratio, within(fiveSigma));
      assertThat(sum / draws).isCloseTo(1, within(fiveSigma / (1 - ratio) + 1e-6));
    }
  }

  @Test
  void seedsLayersSamplesAndUnitsAreIndependent() {
    float[] base = drawn(new DropoutMask(0, 0.5), 1, 0);
    assertThat(agreement(base, drawn(new DropoutMask(0, 0.5), 2, 0))).isBetween(420, 580);
    assertThat(agreement(base, drawn(new DropoutMask(1, 0.5), 1, 0))).isBetween(420, 580);
    assertThat(agreement(base, drawn(new DropoutMask(0, 0.5), 1, 1))).isBetween(420, 580);
    float[] shifted = Arrays.copyOfRange(base, 1, UNITS);
    assertThat(agreement(shifted, base)).isBetween(420, 580);
  }

  @Test
  void isAFunctionOfItsKeys() {
    DropoutMask mask = new DropoutMask(3, 0.5);
    assertThat(drawn(mask, -5, 7)).isEqualTo(drawn(mask, -5, 7));
    float[] first = new float[8];
    mask.fill(0, 0, first);
    assertThat(Arrays.copyOf(drawn(mask, 0, 0), 8)).containsExactly(first);
  }

  private static float[] drawn(DropoutMask mask, long seed, int sample) {
    float[] values = new float[UNITS];
    mask.fill(seed, sample, values);
    return values;
  }

  private static int agreement(float[] a, float[] b) {
    int equal = 0;
    for (int at = 0; at < Math.min(a.length, b.length); at++) {
      equal += a[at] == b[at] ? 1 : 0;
    }
    return equal;
  }
}
