package dev.bridle.benchmarks.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FramesTest {
  @Test
  void tellsQuantilesAndTheShareInTime() {
    Frames frames =
        Frames.of(
            Map.of("frames", List.of(16, 200.5, 17, 50, 16.5), "tasks", List.of(60L, 190.0, 70)),
            0.3);

    assertThat(frames.quantile(0.5)).isEqualTo(17);
    assertThat(frames.quantile(1)).isEqualTo(200.5);
    assertThat(frames.shareWithin(50)).isEqualTo(0.8);
    assertThat(frames.longestTask()).isEqualTo(190);
  }

  @Test
  void knowsNothingOfAPageThatWasNeverDrawn() {
    Frames none = Frames.of(Map.of("frames", List.of(), "tasks", List.of()), 0);

    assertThat(none.quantile(0.5)).isNaN();
    assertThat(none.shareWithin(50)).isNaN();
    assertThat(none.longestTask()).isZero();
  }
}
