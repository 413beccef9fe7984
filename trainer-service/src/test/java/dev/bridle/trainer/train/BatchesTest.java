package dev.bridle.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.data.DataException;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int[] ROWS = {4, 2, 0, 1, 3};

  @Test
  void theLastBatchMayBeSmaller() {
    assertThat(Batches.cut(ROWS, 2, 1))
        .containsExactly(new int[] {4, 2}, new int[] {0, 1}, new int[] {3});
  }

  @Test
  void aSingleRowThatCannotBeNormalizedGoesIntoTheBatchBefore() {
    assertThat(Batches.cut(ROWS, 2, 2)).containsExactly(new int[] {4, 2}, new int[] {0, 1, 3});
    assertThat(Batches.cut(ROWS, 5, 2)).containsExactly(ROWS);
  }

  @Test
  void aSingleRowInAllIsRefused() {
    assertThatThrownBy(() -> Batches.cut(new int[] {0}, 32, 2))
        .isInstanceOf(DataException.class)
        .hasMessage("data.split.training should leave at least 2 rows for batchNorm: left 1");
  }
}
