package dev.bridle.trainer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleSpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kind":"constant"}                        |  7 | 1
          {"kind":"constant","warmUp":3}             |  1 | 0.25
          {"kind":"constant","warmUp":3}             |  4 | 1
          {"kind":"step","every":10,"factor":0.5}    | 10 | 1
          {"kind":"step","every":10,"factor":0.5}    | 11 | 0.5
          {"kind":"step","every":10,"factor":0.5}    | 21 | 0.25
          {"kind":"exponential","factor":0.9}        |  3 | 0.81
          {"kind":"cosine","least":0.2}              |  1 | 1
          {"kind":"cosine","least":0.2}              | 21 | 0.6
          {"kind":"cosine"}                          | 40 | 0.0015413
          """)
  void theFactorOfAnEpochOf40(String json, int epoch, double factor) throws Exception {
    ScheduleSpec schedule =
        new com.fasterxml.jackson.databind.ObjectMapper().readValue(json, ScheduleSpec.class);
    assertThat(schedule.factor(epoch, 40)).isCloseTo(factor, within(1e-6));
  }
}
