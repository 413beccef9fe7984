package dev.bridle.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void certainAndRightIsPerfect() {
    Evaluation evaluation = Evaluation.of(List.of(row(1, 0), row(0, 1)), List.of(0, 1));

    assertThat(evaluation).isEqualTo(new Evaluation(1, 0, 0));
  }

  @Test
  void certainAndWrongIsFiniteBecauseProbabilitiesAreClipped() {
    Evaluation evaluation = Evaluation.of(List.of(row(1, 0)), List.of(1));

    assertThat(evaluation.accuracy()).isZero();
    assertThat(evaluation.nll()).isEqualTo(-Math.log(1e-12));
    assertThat(evaluation.ece()).isEqualTo(1);
  }

  @Test
  void nllIsTheMeanOverTheRows() {
    Evaluation evaluation = Evaluation.of(List.of(row(0.75, 0.25), row(0.5, 0.5)), List.of(0, 1));

    assertThat(evaluation.nll()).isCloseTo(-(Math.log(0.75) + Math.log(0.5)) / 2, within(1e-12));
  }

  @Test
  void calibrationErrorWeighsEachBinByItsRows() {
    // bin (12/15, 13/15]: 4 rows, 0.85 sure, 3 right; bin (8/15, 9/15]: 1 row, 0.55 sure, wrong
    Evaluation evaluation =
        Evaluation.of(
            List.of(
                row(0.85, 0.15),
                row(0.85, 0.15),
                row(0.85, 0.15),
                row(0.85, 0.15),
                row(0.55, 0.45)),
            List.of(0, 0, 0, 1, 1));

    assertThat(evaluation.accuracy()).isEqualTo(0.6);
    assertThat(evaluation.ece()).isCloseTo(0.8 * 0.10 + 0.2 * 0.55, within(1e-12));
  }

  @Test
  void errorsOfOppositeSignInOneBinCancelAndInTwoBinsDoNot() {
    Evaluation oneBin = Evaluation.of(List.of(row(0.5, 0.5), row(0.5, 0.5)), List.of(0, 1));

    assertThat(oneBin.ece()).isCloseTo(0, within(1e-12));
  }

  @Test
  void rowsWithoutLabelsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of(List.of(row(1, 0)), List.of()))
        .withMessageContaining("were 1");
  }

  private static double[] row(double... probabilities) {
    return probabilities;
  }
}
