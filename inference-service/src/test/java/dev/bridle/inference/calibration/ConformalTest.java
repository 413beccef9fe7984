package dev.bridle.inference.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConformalTest {
  private static final int CLASSES = 5;
  private static final int TRIALS = 4_000;

  /**
   * Each trial has a calibration and a new row of its own, so that hits are binomial, of a
   * probability from 1 - alpha to 1 - alpha + 1/(n + 1). At n = 10 and alpha = 0.1 the quantile
   * without the + 1 would cover 9 / 11 of the rows.
   */
  @ParameterizedTest
  @EnumSource(SetScore.class)
  void setsHoldTheLabelAsOftenAsPromisedThoughTheProbabilitiesAreWrong(SetScore score) {
    int n = 10;
    double alpha = 0.1;
    Random random = new Random(11);
    int hits = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Sample rows = Sample.overconfident(n, random);
      Sample next = Sample.overconfident(1, random);
      double quantile = score.scores(rows.probabilities, rows.labels).quantile(alpha);
      hits += score.sets(next.probabilities, CLASSES, quantile)[next.labels[0]] ? 1 : 0;
    }
    assertThat((double) hits / TRIALS).isBetween(lowest(alpha), highest(alpha, n));
  }

  @Test
  void intervalsHoldTheTruthAsOftenAsPromisedWhateverTheNoise() {
    int n = 10;
    double alpha = 0.1;
    Random random = new Random(12);
    int hits = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      double[] truths = random.doubles(n + 1).map(u -> Math.tan(Math.PI * (u - 0.5))).toArray();
      Calibrated calibrated = Calibrated.ofValues(new float[n], Arrays.copyOf(truths, n), 1);
      hits += Math.abs(truths[n]) <= calibrated.residuals().get(0).quantile(alpha) ? 1 : 0;
    }
    assertThat((double) hits / TRIALS).isBetween(lowest(alpha), highest(alpha, n));
  }

  @ParameterizedTest
  @CsvSource({"9, 0.1, 9", "19, 0.05, 19", "10, 0.1, 10", "99, 0.1, 90", "1, 0.5, 1"})
  void theRankIsTheOneOfFiniteSamples(int rows, double alpha, int rank) {
    double[] scores = IntStream.rangeClosed(1, rows).mapToDouble(i -> i).toArray();
    assertThat(new ConformalScores(scores).quantile(alpha)).isEqualTo(rank);
  }

  @Test
  void tooFewRowsForAlphaSayTheLimit() {
    ConformalScores scores = new ConformalScores(new double[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThatThrownBy(() -> scores.quantile(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 0.111111")
        .hasMessageContaining("8 rows")
        .hasMessageContaining("was 0.1");
    assertThatThrownBy(() -> new ConformalScores(new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void adaptiveScoresAddUpWhatIsLikelier() {
    float[] probabilities = {0.5f, 0.125f, 0.375f};
    assertThat(SetScore.APS.of(probabilities, 0, 3, 0)).isEqualTo(0.5);
    assertThat(SetScore.APS.of(probabilities, 0, 3, 2)).isEqualTo(0.875);
    assertThat(SetScore.APS.of(probabilities, 0, 3, 1)).isEqualTo(1);
    assertThat(SetScore.LAC.of(probabilities, 0, 3, 1)).isEqualTo(0.875);
    assertThat(SetScore.APS.sets(probabilities, 3, 0.9)).containsExactly(true, false, true);
  }

  @Test
  void theTemperatureUndoesOverconfidence() {
    Random random = new Random(13);
    Sample rows = Sample.overconfident(20_000, random);
    Temperature fitted = Temperature.fitted(rows.probabilities, rows.labels);
    assertThat(fitted.value()).isCloseTo(Sample.OVERCONFIDENCE, within(0.1));
    assertThat(fitted.nll(rows.probabilities, rows.labels))
        .isLessThan(Temperature.NONE.nll(rows.probabilities, rows.labels));
    float[] scaled = fitted.scaled(rows.probabilities, CLASSES);
    assertThat(Temperature.fitted(scaled, rows.labels).value()).isCloseTo(1, within(0.01));
  }

  @Test
  void noTemperatureLeavesProbabilitiesAndNanStays() {
    float[] probabilities = {0.25f, 0.75f, Float.NaN, 0.5f};
    float[] same = Temperature.NONE.scaled(probabilities, 2);
    assertThat(same[0]).isCloseTo(0.25f, within(1e-6f));
    assertThat(same[1]).isCloseTo(0.75f, within(1e-6f));
    assertThat(same[2]).isNaN();
    assertThat(same[3]).isNaN();
  }

  private static double lowest(double alpha) {
    return 1 - alpha - fourDeviations(alpha);
  }

  private static double highest(double alpha, int rows) {
    return 1 - alpha + 1.0 / (rows + 1) + fourDeviations(alpha);
  }

  private static double fourDeviations(double alpha) {
    return 4 * Math.sqrt(alpha * (1 - alpha) / TRIALS);
  }

  /** Logits that are 2.5 times as sharp as the labels are drawn by. */
  private record Sample(float[] probabilities, int[] labels) {
    static final double OVERCONFIDENCE = 2.5;

    static Sample overconfident(int rows, Random random) {
      float[] probabilities = new float[rows * CLASSES];
      int[] labels = new int[rows];
      for (int row = 0; row < rows; row++) {
        double[] logits = random.doubles(CLASSES).map(u -> 4 * u).toArray();
        double[] truth = softmax(logits, 1);
        double[] said = softmax(logits, OVERCONFIDENCE);
        double draw = random.nextDouble();
        while (draw > truth[labels[row]] && labels[row] < CLASSES - 1) {
          draw -= truth[labels[row]++];
        }
        for (int at = 0; at < CLASSES; at++) {
          probabilities[row * CLASSES + at] = (float) said[at];
        }
      }
      return new Sample(probabilities, labels);
    }

    private static double[] softmax(double[] logits, double factor) {
      double[] weights = Arrays.stream(logits).map(logit -> Math.exp(factor * logit)).toArray();
      double sum = Arrays.stream(weights).sum();
      return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
  }
}
