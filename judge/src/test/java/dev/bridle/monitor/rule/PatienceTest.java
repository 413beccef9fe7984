package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatienceTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("kerasCases")
  void decidesAsKerasDoes(String name, JsonNode given) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("patience", given.at("/config/patience").asInt());
    settings.put("mode", given.at("/config/mode").asText());
    if (given.at("/config").has("baseline")) {
      settings.put("baseline", given.at("/config/baseline").asDouble());
    }
    List<EpochCompleted> curve = new ArrayList<>();
    given
        .get("sequence")
        .forEach(
            value ->
                curve.add(
                    Curves.epoch(1, curve.size() + 1, Map.of("validationLoss", value.asDouble()))));

    List<Verdict> verdicts = Folds.verdicts(Folds.rule("patience", settings), curve);

    int stopEpoch = given.get("expected_stop_index").asInt() + 1;
    assertThat(Folds.first(Verdict.StopTraining.class, verdicts)).contains(stopEpoch);
    assertThat(verdicts.get(stopEpoch - 1))
        .extracting("bestEpoch")
        .isEqualTo(given.get("expected_best_index").asInt() + 1);
  }

  static Stream<Arguments> kerasCases() throws Exception {
    try (InputStream json =
        PatienceTest.class.getResourceAsStream("/rules/early_stopping_cases.json")) {
      List<Arguments> cases = new ArrayList<>();
      for (JsonNode candidate : new ObjectMapper().readTree(json).get("cases")) {
        if (candidate.get("library").asText().equals("keras")
            && candidate.get("kind").asText().equals("early_stopping")) {
          cases.add(
              Arguments.of(
                  candidate.get("name").asText() + " " + candidate.get("config"), candidate));
        }
      }
      assertThat(cases).hasSize(6);
      return cases.stream();
    }
  }

  @Test
  void stopsAnOverfittingRunAndNamesTheBestEpoch() {
    List<Verdict> verdicts = verdicts(Map.of("patience", 10), Curves.overfitting(60));

    assertThat(Folds.first(Verdict.StopTraining.class, verdicts)).contains(30);
    assertThat(verdicts.get(29))
        .hasFieldOrPropertyWithValue("bestEpoch", 20)
        .hasFieldOrPropertyWithValue(
            "reason",
            "validationLoss has not improved for 10 epochs: best 0.1500 at epoch 20, now 0.6500");
  }

  @Test
  void doesNotTakeADriftBelowMinDeltaForImprovement() {
    List<EpochCompleted> drift = Curves.curve(40, e -> 1, e -> 1 - 0.001 * e);

    assertThat(
            Folds.first(
                Verdict.StopTraining.class,
                verdicts(Map.of("patience", 5, "minDelta", 0.01), drift)))
        .contains(6);
  }

  @Test
  void neverStopsARunThatImproves() {
    assertThat(verdicts(Map.of("patience", 1), Curves.healthy(200)))
        .allMatch(Verdict.KeepTraining.class::isInstance);
  }

  @Test
  void countsNaNAsAMissAndGoesOnFromTheBest() {
    assertThat(verdicts(Map.of("patience", 2), Curves.withNaN(50, 10)))
        .allMatch(Verdict.KeepTraining.class::isInstance);
    assertThat(
            Folds.first(
                Verdict.StopTraining.class,
                verdicts(Map.of("patience", 1), Curves.withNaN(50, 10))))
        .contains(10);
  }

  @Test
  void doesNotMakeAFirstNaNTheBest() {
    List<Verdict> verdicts =
        verdicts(Map.of("patience", 3), Curves.curve(5, e -> Double.NaN, e -> Double.NaN));

    assertThat(Folds.first(Verdict.StopTraining.class, verdicts)).contains(3);
    assertThat(verdicts.get(2))
        .hasFieldOrPropertyWithValue("bestEpoch", 0)
        .hasFieldOrPropertyWithValue(
            "reason", "validationLoss was never a finite number in 3 epochs");
  }

  @Test
  void stopsADivergingRun() {
    assertThat(
            Folds.first(
                Verdict.StopTraining.class, verdicts(Map.of("patience", 3), Curves.diverging(9))))
        .contains(4);
  }

  @Test
  void passesOverEpochsThatWereNotValidated() {
    List<EpochCompleted> curve =
        List.of(
            Curves.epoch(1, 1, Map.of("validationLoss", 1.0)),
            Curves.epoch(1, 2, Map.of("trainingLoss", 1.0)),
            Curves.epoch(1, 3, Map.of("trainingLoss", 1.0)),
            Curves.epoch(1, 4, Map.of("validationLoss", 1.0)),
            Curves.epoch(1, 5, Map.of("validationLoss", 1.0)));

    assertThat(Folds.first(Verdict.StopTraining.class, verdicts(Map.of("patience", 2), curve)))
        .contains(5);
  }

  @Test
  void passesOverTheWarmUp() {
    assertThat(
            Folds.first(
                Verdict.StopTraining.class,
                verdicts(
                    Map.of("patience", 2, "startFromEpoch", 10), Curves.curve(20, e -> 1, e -> 1))))
        .contains(13);
  }

  @Test
  void namesTheKeyTheLimitAndTheValueOfABadSetting() {
    assertThatThrownBy(() -> Folds.rule("patience", Map.of("patience", -1)))
        .hasMessage("policy.rules[0].patience should be at least 0.0: was -1");
    assertThatThrownBy(() -> Folds.rule("patience", Map.of("patience", 2.5)))
        .hasMessage("policy.rules[0].patience should be a whole number: was 2.5");
    assertThatThrownBy(() -> Folds.rule("patience", Map.of("mode", "least")))
        .hasMessage("policy.rules[0].mode should be one of [min, max]: was least");
    assertThatThrownBy(() -> Folds.rule("patience", Map.of("minDelta", "NaN")))
        .hasMessage("policy.rules[0].minDelta should be a finite number: was NaN");
    assertThatThrownBy(() -> Folds.rule("patience", Map.of("pateince", 3)))
        .hasMessageStartingWith("policy.rules[0].pateince is no setting of this rule: it has [");
  }

  private static List<Verdict> verdicts(Map<String, Object> settings, List<EpochCompleted> curve) {
    return Folds.verdicts(Folds.rule("patience", settings), curve);
  }
}
