package dev.bridle.inference.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EntropyTest {
  @Test
  void theLogarithmIsTheJdksToTwelveDigits() {
    for (double p = 1; p > 1e-45; p *= 0.97) {
      assertThat(Entropy.log(p)).isCloseTo(Math.log(p), within(1e-13 * Math.max(1, -Math.log(p))));
    }
    assertThat(Entropy.log(1)).isZero();
  }

  @Test
  void whatIsNoProbabilityHasNoEntropy() {
    assertThat(Entropy.term(0)).isZero();
    assertThat(Entropy.term(-0.1)).isNaN();
    assertThat(Entropy.term(Double.NaN)).isNaN();
    assertThat(Entropy.ofLabel(1.5)).isNaN();
  }
}
