package dev.bridle.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final double EXACT = 1e-6;

  @Test
  void scoresOfThreeRowsAsByHand() {
    float[] probabilities = {0.9f, 0.1f, 0.6f, 0.4f, 0.2f, 0.8f};
    ClassificationScores scores = ClassificationScores.of(probabilities, new int[] {0, 1, 1});
    assertThat(scores.accuracy()).isCloseTo(2.0 / 3, within(EXACT));
    assertThat(scores.nll())
        .isCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.8)) / 3, within(EXACT));
    assertThat(scores.brier()).isCloseTo((0.02 + 0.72 + 0.08) / 3, within(EXACT));
    assertThat(scores.ece()).isCloseTo((0.1 + 0.6 + 0.2) / 3, within(EXACT));
    assertThat(scores.aurc()).isCloseTo((0 + 0 + 1.0 / 3) / 3, within(EXACT));
  }

  @Test
  void calibratedPredictionsHaveASmallErrorAndOverconfidentOnesNot() {
    Random random = new Random(1);
    int rows = 20_000;
    float[] calibrated = new float[2 * rows];
    float[] overconfident = new float[2 * rows];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      float p = 0.5f + random.nextFloat() / 2;
      labels[row] = random.nextFloat() < p ? 0 : 1;
      calibrated[2 * row] = p;
      calibrated[2 * row + 1] = 1 - p;
      overconfident[2 * row] = 0.99f;
      overconfident[2 * row + 1] = 0.01f;
    }
    assertThat(ClassificationScores.of(calibrated, labels).ece()).isLessThan(0.02);
    assertThat(ClassificationScores.of(overconfident, labels).ece()).isCloseTo(0.24, within(0.02));
  }

  @Test
  void abstainingFromTheLeastSureLowersTheRisk() {
    double[] confidence = new double[100];
    boolean[] right = new boolean[100];
    for (int row = 0; row < 100; row++) {
      confidence[row] = row / 100.0;
      right[row] = row >= 30;
    }
    assertThat(RiskCoverage.of(confidence, right))
        .filteredOn(point -> point.coverage() <= 0.7)
        .allSatisfy(point -> assertThat(point.risk()).isZero());
    assertThat(RiskCoverage.of(confidence, right).get(19).risk()).isCloseTo(0.3, within(EXACT));
  }

  @Test
  void aScoreThatTellsThemApartHasAnAreaOfOneAndNoScoreOneHalf() {
    assertThat(Auroc.of(new float[] {0.1f, 0.2f}, new float[] {0.3f, 0.4f})).isEqualTo(1);
    assertThat(Auroc.of(new float[] {0.3f, 0.4f}, new float[] {0.1f, 0.2f})).isZero();
    assertThat(Auroc.of(new float[] {1, 1}, new float[] {1, 1, 1})).isEqualTo(0.5);
    assertThat(Auroc.of(new float[] {0, 2}, new float[] {1})).isEqualTo(0.5);
  }

  @Test
  void regressionIsScoredInItsUnit() {
    RegressionScores scores = RegressionScores.of(new float[] {1, 5}, new double[] {4, 1});
    assertThat(scores.rmse()).isCloseTo(Math.sqrt(12.5), within(EXACT));
    assertThat(scores.mae()).isCloseTo(3.5, within(EXACT));
  }
}
