package dev.bridle.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  @ParameterizedTest
  @ValueSource(strings = {"00-%s-00f067aa0ba902b7-01", "cc-%s-00f067aa0ba902b7-00-what-comes"})
  void theCallersTraceGoesOn(String traceparent) {
    assertThat(Trace.id(traceparent.formatted(ID), new SplittableRandom(1))).isEqualTo(ID);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6\n-00f067aa0ba902b7-01"
      })
  void whatIsNoneBeginsOne(String traceparent) {
    assertThat(Trace.id(traceparent, new SplittableRandom(1)))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(ID)
        .isNotEqualTo(Trace.id(traceparent, new SplittableRandom(2)));
  }

  @Test
  void itIsNeverNothingButZeros() {
    assertThat(Trace.id(null, () -> 0)).isNotEqualTo("0".repeat(32));
  }
}
