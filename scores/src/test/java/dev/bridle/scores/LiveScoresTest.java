package dev.bridle.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LiveScoresTest {
  private static final float[] PROBABILITIES = {0.75f, 0.25f, 0.4f, 0.6f, 0.9f, 0.1f};
  private static final int[] LABELS = {0, 0, 0};

  @Test
  void theyAreThoseOfAnEvaluationOfTheSameRows() {
    LiveScores live = new LiveScores(10);
    live.add(PROBABILITIES, LABELS);
    ClassificationScores all = ClassificationScores.of(PROBABILITIES, LABELS);
    assertThat(live.accuracy()).isCloseTo(all.accuracy(), within(1e-12));
    assertThat(live.brier()).isCloseTo(all.brier(), within(1e-12));
    assertThat(live.ece()).isCloseTo(all.ece(), within(1e-12));
  }

  @Test
  void theOldestRowsGiveWay() {
    LiveScores live = new LiveScores(2);
    live.add(PROBABILITIES, LABELS);
    live.addCovered(new boolean[] {true, false, false}, 0.9);
    ClassificationScores last =
        ClassificationScores.of(Arrays.copyOfRange(PROBABILITIES, 2, 6), new int[] {0, 0});
    assertThat(live.rows()).isEqualTo(2);
    assertThat(live.accuracy()).isCloseTo(last.accuracy(), within(1e-12));
    assertThat(live.ece()).isCloseTo(last.ece(), within(1e-12));
    assertThat(live.coverage()).isZero();
    assertThat(live.coveredRows()).isEqualTo(2);
  }

  @Test
  void whatWasPromisedIsTheMeanOfTheirPromises() {
    LiveScores live = new LiveScores(4);
    live.addCovered(new boolean[] {true, true, false}, 0.9);
    live.addCovered(new boolean[] {true}, 0.5);
    assertThat(live.coverage()).isEqualTo(0.75);
    assertThat(live.promisedCoverage()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void nothingIsKnownOfNoRows() {
    LiveScores live = new LiveScores(2);
    assertThat(live.accuracy()).isNaN();
    assertThat(live.ece()).isNaN();
    assertThat(live.coverage()).isNaN();
    assertThat(live.promisedCoverage()).isNaN();
  }
}
