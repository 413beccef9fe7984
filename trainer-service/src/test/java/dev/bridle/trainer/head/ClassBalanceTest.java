package dev.bridle.trainer.head;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassBalanceTest {
  @Test
  void theWorstClassAndTheSizesOfTheClasses() {
    // Three rows of class 0, of which two are right, one of class 1, which is wrong.
    float[] logits = {1, 0, 1, 0, 0, 1, 1, 0};
    ClassBalance balance = ClassBalance.of(logits, new int[] {0, 0, 0, 1});
    assertThat(balance).isEqualTo(new ClassBalance(4, 3, 0));
    assertThat(ClassBalance.of(logits, new int[] {0, 0, 0, 0}).worstRecall()).isEqualTo(0.75);
    assertThat(ClassBalance.of(logits, new int[] {0, 0, 0, 0}).ratio()).isInfinite();
  }
}
