package dev.bridle.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DropoutParityTest {
  @Test
  void theSameDistributionPassesAndAnotherMeanOrVarianceDoesNot() {
    List<float[]> engine = drawn(1, 0.3, 0.1);
    assertThat(DropoutParity.of(engine, drawn(2, 0.3, 0.1), 2, 1).passed()).isTrue();
    DropoutParity mean = DropoutParity.of(engine, drawn(2, 0.4, 0.1), 2, 1);
    assertThat(mean.passed()).isFalse();
    assertThat(mean.sentence()).contains("within 6.0 standard errors").contains("200 samples");
    DropoutParity variance = DropoutParity.of(engine, drawn(2, 0.3, 0.25), 2, 1);
    assertThat(variance.passed()).isFalse();
    assertThat(variance.moment()).isEqualTo(2);
  }

  @Test
  void aGraphWhoseDropoutDoesNothingDoesNotPass() {
    List<float[]> still = drawn(2, 0.3, 0);
    assertThat(DropoutParity.of(drawn(1, 0.3, 0.2), still, 2, 1).passed()).isFalse();
  }

  @Test
  void nanNeverPasses() {
    List<float[]> nan = List.of(new float[] {Float.NaN}, new float[] {Float.NaN});
    assertThat(DropoutParity.of(nan, nan, 1, 1).passed()).isFalse();
  }

  /** 200 samples of 4 rows with 2 outputs. */
  private static List<float[]> drawn(long seed, double mean, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, 200)
        .mapToObj(
            sample -> {
              float[] values = new float[8];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + deviation * random.nextGaussian());
              }
              return values;
            })
        .toList();
  }
}
