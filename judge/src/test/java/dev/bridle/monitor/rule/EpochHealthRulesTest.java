package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health rules that see what is wrong in one epoch. */
class EpochHealthRulesTest {
  @ParameterizedTest(name = "{0}: {2} is healthy, {3} is not")
  @CsvSource({
    "vanishingGradient, gradientNorm/dense1, 1e-7, 9e-8",
    "explodingGradient, gradientNorm/dense1, 1e300, NaN",
    "explodingGradient, gradientNorm/dense1, 1e300, Infinity",
    "deadReLU, deadShare/dense1, 0.5, 0.51",
    "saturatedActivations, saturatedShare/dense1, 0.5, 0.51",
    "weightUpdateRatio, updateRatio/dense1, 10, 10.1",
    "weightUpdateRatio, updateRatio/dense1, 1e-8, 9e-9",
    "weightUpdateRatio, updateRatio/dense1, 10, Infinity",
    "learningRateRange, learningRate, 1e-2, 2e-2",
    "learningRateRange, learningRate, 1e-7, 9e-8",
    "learningRateRange, learningRate, 1e-3, NaN",
    "dropoutRange, dropout/dense1, 0.5, 0.51",
    "dropoutRange, dropout/dense1, 0, NaN"
  })
  void raisesOnceAtItsPublishedLimitAndResolves(
      String rule, String metric, double healthy, double unhealthy) {
    List<Verdict> verdicts = verdicts(rule, metric, healthy, unhealthy, unhealthy, healthy);

    assertThat(verdicts)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Verdict.KeepTraining.class),
            second -> {
              Verdict.RaiseAlert alert = (Verdict.RaiseAlert) second;
              assertThat(alert.evidence()).containsEntry(metric, unhealthy);
              assertThat(alert.remedy()).isNotBlank();
            },
            third -> assertThat(third).isInstanceOf(Verdict.KeepTraining.class),
            fourth -> assertThat(fourth).isInstanceOf(Verdict.ResolveAlert.class));
  }

  @ParameterizedTest
  @CsvSource({
    "vanishingGradient, gradientNorm/dense1",
    "deadReLU, deadShare/dense1",
    "saturatedActivations, saturatedShare/dense1",
    "weightUpdateRatio, updateRatio/dense1"
  })
  void leavesNaNToTheRuleThatIsAboutIt(String rule, String metric) {
    assertThat(verdicts(rule, metric, Double.NaN)).allMatch(Verdict.KeepTraining.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-3, 1, KeepTraining",
    "9e-4, 1, RaiseAlert",
    "70, 1, KeepTraining",
    "71, 1, RaiseAlert",
    "1, 0, RaiseAlert",
    "0, 0, KeepTraining",
    "NaN, 1, KeepTraining"
  })
  void comparesTheFirstLayersGradientsWithTheLasts(double first, double last, String verdict) {
    Map<String, Double> norms =
        Map.of(
            "gradientNorm/dense2", first, "gradientNorm/dense10", 1e6, "gradientNorm/output", last);

    assertThat(
            Folds.verdicts(
                Folds.rule("gradientRatio", Map.of()), List.of(Curves.epoch(1, 1, norms))))
        .singleElement()
        .extracting(said -> said.getClass().getSimpleName())
        .isEqualTo(verdict);
  }

  @Test
  void namesTheLayersInMessageAndEvidence() {
    EpochCompleted epoch =
        Curves.epoch(
            1, 1, Map.of("deadShare/dense1", 0.9, "deadShare/dense2", 0.8, "deadShare/out", 0.0));

    assertThat(Folds.verdicts(Folds.rule("deadReLU", Map.of()), List.of(epoch)).get(0))
        .hasFieldOrPropertyWithValue(
            "message", "Dead units: deadShare of layer dense1 is 0.9000, and 1 more")
        .hasFieldOrPropertyWithValue(
            "evidence",
            Map.of(
                "layers", 2.0, "deadShare/dense1", 0.9, "deadShare/dense2", 0.8, "maxShare", 0.5));
  }

  @Test
  void passesOverEpochsThatLackTheMetric() {
    List<EpochCompleted> curve =
        List.of(
            Curves.epoch(1, 1, Map.of("deadShare/dense1", 0.9)),
            Curves.epoch(1, 2, Map.of("trainingLoss", 0.9)),
            Curves.epoch(1, 3, Map.of("deadShare/dense1", 0.9)));

    assertThat(Folds.verdicts(Folds.rule("deadReLU", Map.of("patience", 2)), curve))
        .extracting(Object::getClass)
        .containsExactly(
            (Class) Verdict.KeepTraining.class,
            Verdict.KeepTraining.class,
            Verdict.RaiseAlert.class);
  }

  @Test
  void limitsFiniteGradientsWhereAsked() {
    assertThat(
            Folds.verdicts(
                Folds.rule("explodingGradient", Map.of("maxNorm", 100)),
                epochs("gradientNorm/dense1", 101)))
        .singleElement()
        .hasFieldOrPropertyWithValue("evidence.maxNorm", 100.0);
  }

  @Test
  void warnsOfAValidationLossATenthAboveTheTrainingLoss() {
    List<Verdict> verdicts =
        Folds.verdicts(
            Folds.rule("overfitRatio", Map.of()),
            Curves.curve(6, e -> e == 5 ? Double.NaN : 1.0, e -> e == 3 ? 1.11 : 1.09));

    assertThat(Folds.first(Verdict.RaiseAlert.class, verdicts)).contains(3);
    assertThat(Folds.first(Verdict.ResolveAlert.class, verdicts)).contains(4);
    assertThat(verdicts.stream().filter(Verdict.RaiseAlert.class::isInstance)).hasSize(1);
  }

  @Test
  void takesNoRatioOfATrainingLossOfZero() {
    assertThat(
            Folds.verdicts(Folds.rule("overfitRatio", Map.of()), Curves.curve(5, e -> 0, e -> 1.0)))
        .allMatch(Verdict.KeepTraining.class::isInstance);
  }

  private static List<Verdict> verdicts(String rule, String metric, double... values) {
    return Folds.verdicts(Folds.rule(rule, Map.of()), epochs(metric, values));
  }

  private static List<EpochCompleted> epochs(String metric, double... values) {
    List<EpochCompleted> epochs = new ArrayList<>();
    for (double value : values) {
      epochs.add(Curves.epoch(1, epochs.size() + 1, Map.of(metric, value)));
    }
    return epochs;
  }
}
