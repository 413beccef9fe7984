package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which steps of an epoch show their gradients. */
class GradientNormsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "20, 20", "32, 32", "33, 17", "128, 33", "129, 27", "750, 33"})
  void watchesAllStepsOfFewSomeOfManyAndAlwaysTheFirstAndTheLast(int all, int watched) {
    assertThat(IntStream.range(0, all).filter(step -> GradientNorms.watches(step, all)).count())
        .isEqualTo(watched);
    assertThat(GradientNorms.watches(0, all)).isTrue();
    assertThat(GradientNorms.watches(all - 1, all)).isTrue();
  }
}
