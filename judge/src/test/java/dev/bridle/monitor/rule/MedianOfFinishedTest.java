package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.monitor.Curves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MedianOfFinishedTest {
  private static final List<List<Number>> REFERENCE =
      List.of(List.of(1, 1.0), List.of(5, 0.8), List.of(10, 0.4));

  @Test
  void stopsAtTheFirstEpochWhoseBestSoFarIsWorseThanTheMedian() {
    assertThat(stops(Map.of("reference", REFERENCE)))
        .first()
        .satisfies(
            stop -> {
              assertThat(stop.bestEpoch()).isEqualTo(1);
              assertThat(stop.reason())
                  .isEqualTo(
                      "the best validationLoss so far, 0.6000, is worse than 0.4000, the median of"
                          + " the finished runs at this epoch");
              assertThat(stop.evidence()).containsEntry("median", 0.4);
            });
    assertThat(stops(Map.of("reference", REFERENCE))).hasSize(11);
  }

  @Test
  void comparesNothingBeforeItsStartNorWithoutAReference() {
    assertThat(stops(Map.of("reference", REFERENCE, "startFromEpoch", 15))).hasSize(5);
    assertThat(stops(Map.of())).isEmpty();
  }

  @Test
  void whereMoreIsBetterLessIsWorse() {
    assertThat(stops(Map.of("reference", List.of(List.of(3, 0.7)), "mode", "max"))).hasSize(18);
  }

  @Test
  void refusesAReferenceThatIsNoCurve() {
    assertThatThrownBy(() -> stops(Map.of("reference", List.of(List.of(1, 2, 3)))))
        .hasMessage(
            "policy.rules[0].reference should be a list of [epoch, number]: there was [1, 2, 3]");
  }

  private static List<Verdict.StopTraining> stops(Map<String, Object> settings) {
    return Folds.verdicts(
            MedianOfFinished.DEFINITION.rule("policy.rules[0]", settings),
            Curves.curve(20, e -> 0.1, e -> 0.6))
        .stream()
        .filter(Verdict.StopTraining.class::isInstance)
        .map(Verdict.StopTraining.class::cast)
        .toList();
  }
}
