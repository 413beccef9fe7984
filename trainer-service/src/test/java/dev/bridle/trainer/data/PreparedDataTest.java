package dev.bridle.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.trainer.Digits;
import dev.bridle.trainer.spec.ImageSpec;
import dev.bridle.trainer.spec.SplitSpec;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PreparedDataTest {
  private final Table table = Digits.table();
  private final PreparedData data = Digits.prepared(Digits.spec("{}"));

  @Test
  void noRowIsInTwoParts() {
    Splits splits = data.splits();
    int[] all =
        Stream.of(splits.training(), splits.validation(), splits.test())
            .flatMapToInt(Arrays::stream)
            .toArray();
    assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
  }

  @Test
  void everyClassHasItsShareInEachPart() {
    for (int label = 0; label < 10; label++) {
      long all = count(table.rows().labels(), label);
      assertThat((double) count(labels(data.splits().training()), label))
          .isCloseTo(0.2 * all, within(1.0));
      assertThat((double) count(labels(data.splits().test()), label))
          .isCloseTo(0.5 * all, within(1.0));
    }
  }

  @Test
  void theScalerKnowsTheTrainingRowsAlone() {
    Rows training = table.select(data.splits().training());
    Scaler expected = Scaler.fitted(training);
    assertThat(data.scaler().mean()).isEqualTo(expected.mean());
    assertThat(data.scaler().deviation()).isEqualTo(expected.deviation());
    assertThat(expected.mean()).isNotEqualTo(Scaler.fitted(table.rows()).mean());
  }

  @Test
  void aConstantColumnIsCenteredAndNotDividedByZero() {
    Rows rows = new Rows(new float[] {3, 1, 3, 5}, 2, new int[] {0, 1});
    Scaler scaler = Scaler.fitted(rows);
    assertThat(scaler.deviation()).containsExactly(1, 2);
    assertThat(scaler.standardized(rows).features()).containsExactly(0, -1, 0, 1);
  }

  @Test
  void pixelsOfAChannelShareTheirMeanAndDeviation() {
    Rows twoChannelsOfTwoPixels = new Rows(new float[] {0, 2, 5, 5, 0, 2, 7, 7}, 4, new int[2]);
    Scaler scaler = Scaler.fitted(twoChannelsOfTwoPixels, new ImageSpec(2, 1, 2));
    assertThat(scaler.mean()).containsExactly(1, 1, 6, 6);
    assertThat(scaler.deviation()).containsExactly(1, 1, 1, 1);
  }

  @Test
  void labelNoiseTouchesItsShareOfTheTrainingLabelsAndNoOther() {
    int[] clean = labels(data.splits().training());
    long changed =
        IntStream.range(0, clean.length)
            .filter(row -> clean[row] != data.training().labels()[row])
            .count();
    assertThat((double) changed / clean.length).isBetween(0.2, 0.3);
    assertThat(data.validation().labels()).isEqualTo(labels(data.splits().validation()));
    assertThat(data.test().labels()).isEqualTo(labels(data.splits().test()));
  }

  @Test
  void labelNoiseGivesNoLabelToRowsThatHaveNone() {
    int[] labels = {Rows.UNLABELED, 0, Rows.UNLABELED, 0, 0, 0};
    int[] noisy = LabelNoise.resample(labels, 1, 1000, 4);
    assertThat(noisy[0]).isEqualTo(Rows.UNLABELED);
    assertThat(noisy[2]).isEqualTo(Rows.UNLABELED);
    assertThat(noisy[1]).isNotZero();
  }

  @Test
  void theSameSeedDrawsTheSameAndAnotherDrawsAnother() {
    int[] labels = table.rows().labels();
    SplitSpec shares = new SplitSpec(0.3, 0.2, 0.5);
    assertThat(Splits.stratified(labels, shares, 1).training())
        .isEqualTo(Splits.stratified(labels, shares, 1).training())
        .isNotEqualTo(Splits.stratified(labels, shares, 2).training());
    assertThat(LabelNoise.resample(labels, 0.3, 10, 1))
        .isEqualTo(LabelNoise.resample(labels, 0.3, 10, 1))
        .isNotEqualTo(LabelNoise.resample(labels, 0.3, 10, 2));
  }

  @Test
  void aPartWithoutRowsIsAnError() {
    assertThatThrownBy(
            () -> Splits.stratified(new int[] {0, 1, 0}, new SplitSpec(0.1, 0.1, 0.1), 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data.split.training leaves no rows");
  }

  private int[] labels(int[] rows) {
    return Arrays.stream(rows).map(row -> table.rows().labels()[row]).toArray();
  }

  private static long count(int[] labels, int label) {
    return Arrays.stream(labels).filter(other -> other == label).count();
  }
}
