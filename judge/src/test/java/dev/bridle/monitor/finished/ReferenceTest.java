package dev.bridle.monitor.finished;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.Curves;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  @Test
  void aFinishedCurveIsTheRunningAverage() {
    FinishedCurve curve = finished(4, e -> e);

    assertThat(curve.epochs()).containsExactly(1, 2, 3, 4);
    assertThat(curve.averages()).containsExactly(1.0, 1.5, 2.0, 2.5);
    assertThat(curve.count()).isEqualTo(4);
  }

  @Test
  void nonFiniteValuesAndEpochsOutOfOrderDoNotCount() {
    FinishedCurve curve = finished(6, e -> e == 2 ? Double.NaN : e == 3 ? 1 / 0.0 : e);

    assertThat(curve.epochs()).containsExactly(1, 4, 5, 6);
    assertThat(curve.averages()).hasSize(4).startsWith(1.0, 2.5).endsWith(4.0);
    assertThat(curve.with(epoch(6, 9))).isEqualTo(curve);
    assertThat(curve.with(Curves.epoch(1, 7, Map.of("other", 9.0)))).isEqualTo(curve);
  }

  @Test
  void anAverageOfHugeValuesStaysFinite() {
    assertThat(finished(50, e -> (e % 2 == 0 ? 1 : -1) * Double.MAX_VALUE).averages())
        .allMatch(Double::isFinite);
  }

  @Test
  void aLongRunKeepsFewPointsAndTheExactAverageAtEach() {
    FinishedCurve curve = finished(20_000, e -> e);

    assertThat(curve.epochs())
        .hasSizeLessThanOrEqualTo(512)
        .startsWith(1, 2, 3)
        .contains(15, 16, 18, 20, 32, 36);
    assertThat(curve.lastEpoch()).isEqualTo(20_000);
    for (int i = 0; i < curve.epochs().size(); i++) {
      assertThat(curve.averages().get(i))
          .isCloseTo((curve.epochs().get(i) + 1) / 2.0, within(1e-6));
    }
    assertThat(FinishedCurve.cell(Integer.MAX_VALUE)).isEqualTo(1L << 31);
    assertThat(curve.with(epoch(Integer.MAX_VALUE, 1)).lastEpoch()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theReferenceIsTheMedianAtEachEpoch() {
    Reference three = reference(1, finished(5, e -> 1), finished(5, e -> 5), finished(5, e -> 2));
    Reference four =
        reference(
            1, finished(5, e -> 1), finished(5, e -> 5), finished(5, e -> 2), finished(5, e -> 3));

    assertThat(three.epochs()).containsExactly(1, 2, 3, 4, 5);
    assertThat(three.medians()).containsOnly(2.0);
    assertThat(four.medians()).containsOnly(2.5);
  }

  @Test
  void aRunThatEndedEarlierCountsWithItsFinalAverage() {
    Reference reference = reference(2, finished(2, e -> 1), finished(40, e -> 3));

    assertThat(reference.at(40)).hasValue(2);
    assertThat(reference.at(4000)).hasValue(2);
  }

  @Test
  void epochsWithTooFewRunsHaveNoMedian() {
    Reference reference =
        reference(2, finished(9, e -> 1), finished(9, e -> e < 5 ? Double.NaN : 3));

    assertThat(reference.epochs()).startsWith(5);
    assertThat(reference.at(4)).isEmpty();
    assertThat(reference.at(5)).hasValue(2);
    assertThat(Reference.of(List.of(finished(9, e -> 1)), 2)).isEmpty();
    assertThat(Reference.of(List.of(), 0)).isEmpty();
    assertThat(Reference.of(List.of(finished(9, e -> Double.NaN)), 1)).isEmpty();
  }

  @Test
  void betweenItsPointsItStaysNearTheTrueAverage() {
    IntToDoubleFunction loss = e -> 2 / Math.sqrt(e);
    Reference reference = reference(1, finished(3_000, loss));
    double sum = 0;
    for (int e = 1; e <= 3_000; e++) {
      sum += loss.applyAsDouble(e);
      assertThat(reference.at(e).orElseThrow()).isCloseTo(sum / e, within(0.002 * sum / e));
    }
    assertThat(reference.epochs()).hasSizeLessThan(100);
  }

  @Test
  void readsTheSameFromJson() throws Exception {
    FinishedCurve curve = finished(100, e -> 1.0 / e);

    assertThat(
            EventJson.mapper()
                .readValue(EventJson.mapper().writeValueAsBytes(curve), FinishedCurve.class))
        .isEqualTo(curve);
  }

  @Test
  void refusesEpochsThatDoNotRiseAndMediansThatAreNotFinite() {
    assertThatThrownBy(() -> new Reference(List.of(2, 2), List.of(1.0, 1.0)))
        .hasMessage("epochs should rise from 1 on: were [2, 2]");
    assertThatThrownBy(() -> new Reference(List.of(1), List.of(Double.NaN)))
        .hasMessage("medians should be finite: was NaN");
    assertThatThrownBy(() -> new Reference(List.of(), List.of()))
        .hasMessage("a reference needs a median for each epoch: has 0 for 0");
  }

  private static Reference reference(int minRuns, FinishedCurve... curves) {
    return Reference.of(List.of(curves), minRuns).orElseThrow();
  }

  private static FinishedCurve finished(int epochs, IntToDoubleFunction loss) {
    return FinishedCurve.of(Curves.RUN, "demo", "validationLoss", Curves.curve(epochs, loss, loss));
  }

  private static EpochCompleted epoch(int epoch, double value) {
    return Curves.epoch(1, epoch, Map.of("validationLoss", value));
  }
}
