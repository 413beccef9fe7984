package dev.bridle.monitor.web.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final int MANY = 10_000;

  @Test
  void keepsAShortRunWhole() {
    Curve curve = Curve.of(run(60, epoch -> 1.0 / epoch), "loss", 60);

    assertThat(curve.epochs()).hasSize(60);
    assertThat(curve.values()).startsWith(1.0, 0.5).endsWith(1.0 / 60);
    assertThat(curve.revision()).isEqualTo(7);
  }

  @Test
  void thinsALongRunAndLosesNeitherDipNorSpikeNorNaN() {
    Curve curve =
        Curve.of(
            run(
                MANY,
                epoch -> epoch == 123 ? -5 : epoch == 4567 ? 90 : epoch == 8888 ? Double.NaN : 1),
            "loss",
            60);

    assertThat(curve.epochs()).hasSizeLessThanOrEqualTo(60).isSorted().doesNotHaveDuplicates();
    assertThat(curve.epochs()).contains(1, 123, 4567, 8888, MANY);
    assertThat(curve.values().get(curve.epochs().indexOf(8888))).isNaN();
  }

  @Test
  void isEmptyForAMetricThatNobodyMeasured() {
    assertThat(Curve.of(run(3, epoch -> 1), "other", 60).epochs()).isEmpty();
  }

  private static RunView run(int epochs, IntToDoubleFunction loss) {
    List<EpochView> views =
        IntStream.rangeClosed(1, epochs)
            .mapToObj(epoch -> new EpochView(epoch, Map.of("loss", loss.applyAsDouble(epoch))))
            .toList();
    return new RunView(7, null, views, List.of(), List.of(), Optional.empty(), Optional.empty());
  }
}
