package dev.bridle.inference.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleRateTest {
  @Test
  void aRateIsTheShareOfIdsThatItTakes() {
    for (double rate : new double[] {0.01, 0.3, 0.9}) {
      long taken = ids().filter(id -> new SampleRate(rate).takes("order-" + id)).count();
      assertThat(taken / 20_000.0).isCloseTo(rate, within(0.02));
    }
    assertThat(ids().anyMatch(id -> new SampleRate(0).takes("" + id))).isFalse();
    assertThat(ids().allMatch(id -> new SampleRate(1).takes("" + id))).isTrue();
  }

  @Test
  void aGreaterRateTakesWhatASmallerOneTakes() {
    SampleRate small = new SampleRate(0.1);
    SampleRate great = new SampleRate(0.2);
    assertThat(ids().filter(id -> small.takes("" + id)).allMatch(id -> great.takes("" + id)))
        .isTrue();
  }

  /** printf abc | sha256sum begins with ba7816bf: 0.7284. */
  @Test
  void othersCanDecideTheSame() {
    assertThat(new SampleRate(0.7283).takes("abc")).isFalse();
    assertThat(new SampleRate(0.7285).takes("abc")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 7, Double.NaN})
  void whatIsNoShareIsRefused(double rate) {
    assertThatThrownBy(() -> new SampleRate(rate))
        .hasMessage("bridle.inference.predictions.rate should be from 0 to 1: was " + rate);
  }

  private static IntStream ids() {
    return IntStream.range(0, 20_000);
  }
}
