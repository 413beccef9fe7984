package dev.bridle.inference.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class DriftWindowTest {
  private static final KolmogorovSmirnovTest TEST = new KolmogorovSmirnovTest();

  @Test
  void theDistanceIsThatOfAnotherImplementationOfTheLastValuesWithTiesAndWithout() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int kinds = round % 2 == 0 ? 7 : 1_000_000;
      double[] reference = values(random, 5 + round, kinds, 0);
      double[] live = values(random, 90, kinds, 0.1 * (round % 3));
      DriftWindow window = filled(reference, live, 40);
      double[] last = Arrays.copyOfRange(live, 50, 90);
      assertThat(window.drift().distance())
          .isCloseTo(TEST.kolmogorovSmirnovStatistic(reference, last), within(1e-12));
    }
  }

  @Test
  void valuesOfTheSameKindAreRarelyTakenForADriftAndShiftedOnesAlways() {
    Random random = new Random(2);
    int low = 0;
    for (int round = 0; round < 1000; round++) {
      double[] reference = values(random, 300, 1_000_000, 0);
      low +=
          filled(reference, values(random, 200, 1_000_000, 0), 200).drift().pValue() < 0.05 ? 1 : 0;
      DriftWindow.Drift shifted =
          filled(reference, values(random, 200, 1_000_000, 0.3), 200).drift();
      assertThat(shifted.pValue()).isLessThan(1e-4);
      assertThat(shifted.risen()).isTrue();
    }
    // 50 are expected; 6 standard errors are 41.
    assertThat(low).isBetween(9, 91);
  }

  @Test
  void ofTheWindowAloneTheLastCount() {
    double[] reference = {0, 0, 1, 1};
    DriftWindow window = filled(reference, new double[] {5, 5, 5, 5}, 4);
    assertThat(window.isFull()).isTrue();
    assertThat(window.drift().distance()).isEqualTo(1);
    for (double value : new double[] {-0.0, Double.NaN, 1, 0, 1}) {
      window.add(value);
    }
    assertThat(window.drift().distance()).isZero();
    assertThat(window.drift().pValue()).isEqualTo(1);
    assertThat(filled(reference, new double[] {-1, -1}, 2).drift().risen()).isFalse();
  }

  private static DriftWindow filled(double[] reference, double[] values, int size) {
    DriftWindow window = new DriftWindow(reference, size);
    Arrays.stream(values).forEach(window::add);
    return window;
  }

  private static double[] values(Random random, int rows, int kinds, double shift) {
    return IntStream.range(0, rows)
        .mapToDouble(row -> (double) random.nextInt(kinds) / kinds + shift)
        .toArray();
  }
}
