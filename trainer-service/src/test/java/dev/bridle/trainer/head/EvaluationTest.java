package dev.bridle.trainer.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final float LOG_3 = (float) Math.log(3);

  @Test
  void agreesWithTheFormulasWorkedByHand() {
    // Softmax gives 3/4, 1/4 in each row; the first two rows are right, the third is wrong.
    float[] logits = {LOG_3, 0, 0, LOG_3, LOG_3, 0};
    Evaluation evaluation = Evaluation.of(logits, new int[] {0, 1, 1});
    assertThat(evaluation.accuracy()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(evaluation.nll()).isCloseTo((2 * Math.log(4.0 / 3) + Math.log(4)) / 3, within(1e-6));
    assertThat(evaluation.ece()).isCloseTo(3.0 / 4 - 2.0 / 3, within(1e-6));
  }

  @Test
  void greatLogitsDoNotOverflow() {
    Evaluation evaluation = Evaluation.of(new float[] {1e30f, -1e30f}, new int[] {0});
    assertThat(evaluation.nll()).isZero();
    assertThat(evaluation.ece()).isZero();
  }

  @Test
  void aNanLogitMakesTheLossNan() {
    assertThat(Evaluation.of(new float[] {Float.NaN, 0}, new int[] {0}).nll()).isNaN();
  }
}
