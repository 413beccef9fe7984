package dev.bridle.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.bridle.trainer.Training;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final int VALUES = 1_000_003;
  private static final double DEVIATIONS = 5;

  @BeforeAll
  static void engine() {
    Training.loadEngine();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.2, 0.5, 0.75, 0.9})
  void dropsItsShare(double ratio) {
    float[] mask = mask(7, ratio, 3);

    double dropped = 0;
    for (float value : mask) {
      assertThat(value == 0 || value == 3).isTrue();
      dropped += value == 0 ? 1 : 0;
    }
    double deviation = Math.sqrt(ratio * (1 - ratio) / VALUES);
    assertThat(dropped / VALUES).isCloseTo(ratio, within(DEVIATIONS * deviation));
  }

  /** The two halves of a draw, neighboring draws, and what lies a row of 512 apart. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 512, 4096})
  void valuesDoNotFollowEachOther(int distance) {
    float[] mask = mask(8, 0.5, 1);

    double same = 0;
    int pairs = VALUES - distance;
    for (int i = 0; i < pairs; i++) {
      same += mask[i] == mask[i + distance] ? 1 : 0;
    }
    assertThat(same / pairs).isCloseTo(0.5, within(DEVIATIONS * 0.5 / Math.sqrt(pairs)));
  }

  @Test
  void isTheSeedsOwn() {
    assertThat(mask(9, 0.5, 1)).isEqualTo(mask(9, 0.5, 1)).isNotEqualTo(mask(10, 0.5, 1));
  }

  @Test
  void theNextOneIsAnother() {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] first = Mask.of(new Shape(100, 10), 0.5, 1, manager).toFloatArray();
      float[] second = Mask.of(new Shape(100, 10), 0.5, 1, manager).toFloatArray();

      assertThat(first).isNotEqualTo(second);
    }
  }

  private static float[] mask(int seed, double ratio, double one) {
    Engine.getInstance().setRandomSeed(seed);
    try (NDManager manager = NDManager.newBaseManager()) {
      return Mask.of(new Shape(VALUES), ratio, one, manager).toFloatArray();
    }
  }
}
