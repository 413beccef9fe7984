package dev.bridle.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTableTest {
  @ParameterizedTest
  @EnumSource(Phase.class)
  void nothingFollowsAFinalPhase(Phase to) {
    for (Phase from : Phase.values()) {
      if (from.isFinal()) {
        assertThat(PhaseTable.allows(from, to)).isFalse();
      }
    }
  }

  @Test
  void aRunCannotSucceedWithoutAnExport() {
    assertThat(PhaseTable.allows(Phase.RUNNING, Phase.SUCCEEDED)).isFalse();
    assertThatThrownBy(() -> PhaseTable.require(Phase.RUNNING, Phase.SUCCEEDED))
        .hasMessage("a run that is RUNNING cannot become SUCCEEDED");
  }
}
