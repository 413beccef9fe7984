package dev.bridle.inference.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskMethodsTest {
  private static final int UNITS = 1001;
  private static final int SAMPLES = 1000;

  @Test
  void everyMethodDropsTheShareThatTheRatioNamesAndKeepsTheMean() {
    for (MaskMethod method : MaskMethods.all()) {
      for (double ratio : new double[] {0, 0.1, 0.5, 0.9}) {
        double dropped = 0;
        double sum = 0;
        for (float[] mask : drawn(method, ratio, 42, SAMPLES)) {
          for (float value : mask) {
            dropped += value == 0 ? 1 : 0;
            sum += value;
          }
        }
        double draws = (double) UNITS * SAMPLES;
        double fiveSigma = 5 * Math.sqrt(ratio * (1 - ratio) / draws) + 1e-5;
        assertThat(dropped / draws).as(method.name()).isCloseTo(ratio, within(fiveSigma));
        assertThat(sum / draws).as(method.name()).isCloseTo(1, within(fiveSigma / (1 - ratio)));
      }
    }
  }

  @Test
  void everySampleByItselfIsPlainDropout() {
    for (MaskMethod method : MaskMethods.all()) {
      int[] dropped = new int[3];
      for (int seed = 0; seed < SAMPLES; seed++) {
        List<float[]> masks = drawn(method, 0.3, seed, 3);
        for (int sample = 0; sample < dropped.length; sample++) {
          dropped[sample] += masks.get(sample)[seed % UNITS] == 0 ? 1 : 0;
        }
      }
      assertThat(dropped).as(method.name()).doesNotContain(0);
      for (int count : dropped) {
        assertThat(count)
            .as(method.name())
            .isCloseTo(300, within((int) (5 * Math.sqrt(SAMPLES * 0.3 * 0.7))));
      }
    }
  }

  @Test
  void seedsLayersSamplesAndUnitsAreIndependent() {
    for (MaskMethod method : MaskMethods.all()) {
      float[] base = drawn(method, 0.5, 1, SAMPLES).get(0);
      assertThat(agreement(base, drawn(method, 0.5, 2, SAMPLES).get(0))).isBetween(420, 580);
      assertThat(agreement(base, drawn(method, 0.5, 1, SAMPLES).get(2))).isBetween(420, 580);
      float[] layer = drawn(method, layer(1, 0.5), 1, SAMPLES).get(0);
      assertThat(agreement(base, layer)).isBetween(420, 580);
      float[] shifted = new float[UNITS];
      System.arraycopy(base, 1, shifted, 0, UNITS - 1);
      assertThat(agreement(shifted, base)).isBetween(420, 580);
    }
  }

  @Test
  void masksAreAFunctionOfTheirKeys() {
    for (MaskMethod method : MaskMethods.all()) {
      List<float[]> once = drawn(method, 0.5, -5, 7);
      List<float[]> again = drawn(method, 0.5, -5, 7);
      for (int sample = 0; sample < once.size(); sample++) {
        assertThat(again.get(sample)).as(method.name()).containsExactly(once.get(sample));
      }
    }
  }

  @Test
  void whereSamplesArePairedTheSecondKeepsWhatTheFirstDrops() {
    for (MaskMethod method : MaskMethods.all()) {
      DropoutLayer layer = layer(0, 0.5);
      List<float[]> masks = drawn(method, layer, 3, 150);
      boolean opposite = true;
      for (int sample = 0; sample < masks.size(); sample += 2) {
        for (int unit = 0; unit < UNITS; unit++) {
          opposite &= masks.get(sample)[unit] + masks.get(sample + 1)[unit] == 2;
        }
      }
      assertThat(opposite).as(method.name()).isEqualTo(method.isPaired(layer));
      assertThat(method.isPaired(layer(0, 0.3))).isFalse();
    }
    assertThat(MaskMethods.named("antithetic").orElseThrow().isPaired(layer(0, 0.5))).isTrue();
  }

  @Test
  void balancedMasksKeepEveryUnitEquallyOften() {
    for (int samples : new int[] {1, 2, 3, 25, 64, 100, 131}) {
      for (double ratio : new double[] {0.1, 0.3, 0.5}) {
        List<float[]> masks = drawn(MaskMethods.BALANCED, ratio, 9, samples);
        double kept = samples * (1 - ratio);
        for (int unit = 0; unit < UNITS; unit++) {
          int at = unit;
          long count = masks.stream().filter(mask -> mask[at] != 0).count();
          assertThat(count).isBetween((long) Math.floor(kept), (long) Math.ceil(kept));
        }
      }
    }
  }

  /** Among as many units as there are functions, none repeats; beyond, one in 63 pairs does. */
  @Test
  void ofTwoUnitsHalfSamplesHaveEachOfTheFourWaysEquallyOften() {
    List<float[]> masks = drawn(MaskMethods.BALANCED, 0.5, 4, 64);
    int repeated = 0;
    int pairs = 0;
    for (int one = 0; one < UNITS; one++) {
      for (int other = 0; other < one; other++) {
        int both = 0;
        for (float[] mask : masks) {
          both += mask[one] != 0 && mask[other] != 0 ? 1 : 0;
        }
        boolean repeats = both != 16;
        if (repeats) {
          assertThat(both).isIn(0, 32);
          assertThat(one / 63).isNotEqualTo(other / 63);
        }
        repeated += repeats ? 1 : 0;
        pairs++;
      }
    }
    double expected = pairs / 63.0;
    assertThat((double) repeated).isCloseTo(expected, within(0.1 * expected));
  }

  @Test
  void halfSamplesComeInPiecesOfPowersOfTwo() {
    assertThat(HalfSamples.piece(1_000)).isEqualTo(64);
    assertThat(HalfSamples.piece(36)).isEqualTo(32);
    assertThat(HalfSamples.piece(1)).isEqualTo(1);
    for (MaskMethod method : MaskMethods.all()) {
      assertThat(method.isHalved(layer(0, 0.3))).isFalse();
      assertThat(method.isHalved(layer(0, 0.5))).isEqualTo(method == MaskMethods.BALANCED);
    }
  }

  /** Pearson's test over the 65,536 values of 16 bits, at odds of one in a million. */
  @Test
  void theWordsAreUniform() {
    int[] seen = new int[1 << 16];
    long[] words = new long[512];
    int drawn = 0;
    for (int sample = 0; sample < 2_000; sample++) {
      MaskWords.fill(77, sample % 3, sample, words);
      for (long word : words) {
        for (int shift = 0; shift < Long.SIZE; shift += 16) {
          seen[(int) (word >>> shift) & 0xFFFF]++;
          drawn++;
        }
      }
    }
    double expected = (double) drawn / seen.length;
    double statistic = 0;
    for (int count : seen) {
      statistic += (count - expected) * (count - expected) / expected;
    }
    double freedom = seen.length - 1;
    assertThat(statistic).isCloseTo(freedom, within(4.9 * Math.sqrt(2 * freedom)));
  }

  private static List<float[]> drawn(MaskMethod method, double ratio, long seed, int samples) {
    return drawn(method, layer(0, ratio), seed, samples);
  }

  private static DropoutLayer layer(int layer, double ratio) {
    return new DropoutLayer(layer, ratio, UNITS);
  }

  private static List<float[]> drawn(
      MaskMethod method, DropoutLayer layer, long seed, int samples) {
    Masks masks = method.masks(layer, samples, seed);
    long[] kept = new long[UNITS];
    List<float[]> drawn = new ArrayList<>();
    for (int sample = 0; sample < samples; sample++) {
      if (sample % Masks.AT_ONCE == 0) {
        masks.next(kept);
      }
      float[] mask = new float[UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        mask[unit] = (kept[unit] >>> sample % Masks.AT_ONCE & 1) == 1 ? masks.scale() : 0;
      }
      drawn.add(mask);
    }
    return drawn;
  }

  private static int agreement(float[] a, float[] b) {
    int equal = 0;
    for (int at = 0; at < UNITS - 1; at++) {
      equal += a[at] == b[at] ? 1 : 0;
    }
    return equal * 1000 / UNITS;
  }
}
