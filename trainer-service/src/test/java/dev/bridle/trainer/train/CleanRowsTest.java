package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.data.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CleanRowsTest {
  private static final int ROWS = 2000;

  @Test
  void aSmallSplitIsMeasuredAsAWhole() {
    Rows training = rows(ROWS);
    assertThat(CleanRows.of(training, ROWS, 1)).isSameAs(training);
  }

  @Test
  void aLargeOneBySoManyDifferentRowsOfItTheSameForOneSeed() {
    Rows drawn = CleanRows.of(rows(ROWS), 100, 1);
    assertThat(drawn.count()).isEqualTo(100);
    assertThat(IntStream.range(0, 100).mapToObj(i -> drawn.features()[i]).distinct()).hasSize(100);
    assertThat(CleanRows.of(rows(ROWS), 100, 1).features()).isEqualTo(drawn.features());
    assertThat(CleanRows.of(rows(ROWS), 100, 2).features()).isNotEqualTo(drawn.features());
  }

  @Test
  void itsMeanErrsByItsStandardError() {
    double squares = 0;
    for (int seed = 0; seed < 500; seed++) {
      double error = mean(CleanRows.of(rows(ROWS), 100, seed).features()) - (ROWS - 1) / 2.0;
      squares += error * error / 500;
    }
    double deviation = Math.sqrt((ROWS * (double) ROWS - 1) / 12);
    double standardError = deviation / Math.sqrt(100) * Math.sqrt(1 - 100.0 / ROWS);
    assertThat(Math.sqrt(squares) / standardError).isCloseTo(1, within(0.1));
  }

  @Test
  void rowsThatLeaveATargetWithoutLabelsAreNotEnough() {
    float[] rare = new float[ROWS];
    Arrays.fill(rare, Float.NaN);
    rare[7] = 1;
    Rows training = new Rows(new float[ROWS], 1, List.of(new float[ROWS], rare));
    assertThat(CleanRows.of(training, 2, 1)).isSameAs(training);
  }

  private static Rows rows(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return new Rows(numbers, 1, new int[count]);
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }
}
