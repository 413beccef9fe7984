package dev.bridle.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochCompletedTest {
  @Test
  void comparesTheValidationLossWithTheCleanTrainingLossWhereThereIsOne() {
    assertThat(
            epoch(Map.of("trainingLoss", 2.0, "trainingLossClean", 1.0, "validationLoss", 4.0))
                .generalizationGap())
        .hasValue(3.0);
    assertThat(epoch(Map.of("trainingLoss", 2.0, "validationLoss", 4.0)).generalizationGap())
        .hasValue(2.0);
  }

  @Test
  void hasNoGapOnAnEpochThatWasNotValidated() {
    assertThat(epoch(Map.of("trainingLoss", 2.0)).generalizationGap()).isEmpty();
  }

  @Test
  void passesNaNOn() {
    assertThat(
            epoch(Map.of("trainingLoss", Double.NaN, "validationLoss", 4.0))
                .generalizationGap()
                .getAsDouble())
        .isNaN();
  }

  private static EpochCompleted epoch(Map<String, Double> metrics) {
    return new EpochCompleted(new RunId("a"), 1, 1, metrics, Instant.EPOCH);
  }
}
