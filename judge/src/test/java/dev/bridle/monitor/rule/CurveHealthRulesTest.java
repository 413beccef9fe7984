package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The health rules that remember earlier epochs, and what all of them say of a healthy run. */
class CurveHealthRulesTest {
  @Test
  void lossNotDecreasingComparesEveryTenthEpoch() {
    assertRaised(
        "lossNotDecreasing", Curves.curve(41, e -> e <= 11 ? 1 - 0.01 * e : 0.89, e -> 1), 21, 0);
    assertRaised("lossNotDecreasing", Curves.curve(40, e -> e <= 21 ? 1 : 0.9, e -> 1), 11, 31);
    assertRaised(
        "lossNotDecreasing", Curves.curve(21, e -> e == 11 ? Double.NaN : 1, e -> 1), 11, 21);
  }

  @Test
  void overtrainingWaitsForBothLosses() {
    assertRaised("overtraining", Curves.curve(30, e -> 1, e -> 1), 11, 0);
    assertRaised("overtraining", Curves.curve(30, e -> e <= 10 ? 2.0 - 0.1 * e : 1, e -> 1), 15, 0);
    assertRaised("overtraining", Curves.curve(22, e -> e < 20 ? 1 : 0.5, e -> Double.NaN), 10, 20);
  }

  @Test
  void spikeIsMoreThanThreeDeviationsFromTheMeanOfThirty() {
    // The mean is 1 and the deviation 0.1.
    IntToDoubleFunction wave = e -> e % 2 == 0 ? 0.9 : 1.1;
    assertRaised(
        "spike", Curves.curve(40, e -> 1, e -> e == 31 ? 1.31 : wave.applyAsDouble(e)), 31, 32);
    assertRaised(
        "spike", Curves.curve(40, e -> 1, e -> e == 31 ? 1.29 : wave.applyAsDouble(e)), 0, 0);
    assertRaised(
        "spike", Curves.curve(40, e -> 1, e -> e == 31 ? Double.NaN : wave.applyAsDouble(e)), 0, 0);
    assertRaised("spike", Curves.curve(40, e -> 1, e -> e == 30 ? 9 : wave.applyAsDouble(e)), 0, 0);
  }

  @Test
  void unchangedWeightsNamesTheLayerThatStandsStill() {
    List<EpochCompleted> curve =
        epochs(
            8, e -> Map.of("weightNorm/dense1", e < 7 ? 2.0 : 3.0, "weightNorm/dense2", 1.0 + e));

    assertRaised("unchangedWeights", curve, 4, 7);
    assertThat(verdicts("unchangedWeights", curve).get(3))
        .hasFieldOrPropertyWithValue(
            "message", "Unchanged weights: weightNorm of layer dense1 is 2.000");
    assertRaised("unchangedWeights", epochs(8, e -> Map.of("weightNorm/dense1", Double.NaN)), 0, 0);
  }

  @Test
  void unchangedWeightsRemembersNoMoreThan256Layers() {
    Map<String, Double> wide = new HashMap<>();
    IntStream.range(0, 1000).forEach(layer -> wide.put("weightNorm/" + layer, 1.0));

    Rule<UnchangedWeights.State> rule =
        UnchangedWeights.DEFINITION.rule("policy.rules[0]", Map.of());
    assertThat(rule.judge(rule.initial(), Curves.epoch(1, 1, wide)).state().norms()).hasSize(256);
  }

  @Test
  void classImbalanceLooksAtSizesAndAtTheLeastRecall() {
    assertRaised("classImbalance", classes(500, 10.5, 0.9), 3, 0);
    assertRaised("classImbalance", classes(500, 1, 0.29), 3, 0);
    assertRaised("classImbalance", classes(500, 10, 0.31), 0, 0);
    assertRaised("classImbalance", classes(499, 99, 0), 0, 0);
    assertRaised("classImbalance", classes(500, Double.NaN, Double.NaN), 0, 0);
  }

  @Test
  void poorInitializationIsSeenAtFirstAlone() {
    assertRaised("poorInitialization", variances(e -> e < 3 ? 11 : 10), 1, 3);
    assertRaised("poorInitialization", variances(e -> e < 6 ? 10 : 11), 0, 0);
    assertRaised("poorInitialization", variances(e -> Double.NaN), 0, 0);
  }

  @Test
  void oscillationIsAFifthOfTheEpochs() {
    // After the two epochs that a first turn takes, each of these swings: 20 fill the window.
    assertRaised("oscillation", accuracy(40, e -> e % 2 == 0 ? 0.5 : 0.54), 22, 0);
    assertRaised("oscillation", accuracy(40, e -> e % 2 == 0 ? 0.5 : 0.52), 0, 0);
    assertRaised("oscillation", accuracy(40, e -> 0.02 * e), 0, 0);
    assertRaised("oscillation", accuracy(40, e -> Double.NaN), 0, 0);
  }

  @Test
  void validationLossRisingNeedsATrainingLossThatDoesNot() {
    assertRaised(
        "validationLossRising", Curves.curve(9, e -> 1.0 / e, e -> e <= 3 || e >= 8 ? 1 : e), 6, 8);
    assertRaised("validationLossRising", Curves.curve(9, e -> e, e -> e), 0, 0);
    assertRaised("validationLossRising", Curves.curve(9, e -> Double.NaN, e -> e), 0, 0);
  }

  @Test
  void validationAboveTrainingIsLookedAtFromEpochThree() {
    assertRaised("validationAboveTraining", accuracies(0.86), 3, 0);
    assertRaised("validationAboveTraining", accuracies(0.84), 0, 0);
    assertRaised("validationAboveTraining", accuracies(Double.NaN), 0, 0);
  }

  static Stream<String> healthRules() {
    return RuleCatalog.rules().stream().filter(rule -> !rule.stops()).map(RuleDefinition::name);
  }

  @ParameterizedTest
  @MethodSource("healthRules")
  void saysNothingOfAHealthyRun(String rule) {
    List<EpochCompleted> healthy =
        epochs(
            60,
            e ->
                Map.ofEntries(
                    Map.entry("trainingLoss", 0.5 + 2.0 / e),
                    Map.entry("validationLoss", 0.52 + 2.0 / e),
                    Map.entry("learningRate", 1e-3),
                    Map.entry("gradientNorm/dense1", 1.0 / e),
                    Map.entry("weightNorm/dense1", 1 + 0.01 * e),
                    Map.entry("updateRatio/dense1", 1e-3),
                    Map.entry("deadShare/dense1", 0.1),
                    Map.entry("saturatedShare/dense1", 0.1),
                    Map.entry("activationVariance/dense1", 1.0),
                    Map.entry("activationVariance/dense2", 1.5),
                    Map.entry("dropout/dense1", 0.5),
                    Map.entry("label/accuracy", 1 - 0.5 / e),
                    Map.entry("label/trainingAccuracy", 1 - 0.4 / e),
                    Map.entry("label/classRatio", 1.2),
                    Map.entry("label/worstRecall", 0.8),
                    Map.entry("label/labeledRows", 900.0)));

    // The losses level out towards the end, which the default rightly calls overtraining.
    assertThat(verdicts(rule, rule.equals("overtraining") ? healthy.subList(0, 14) : healthy))
        .allMatch(Verdict.KeepTraining.class::isInstance);
  }

  /** Raised and resolved once at these epochs; 0 for never. */
  private static void assertRaised(
      String rule, List<EpochCompleted> curve, int raised, int resolved) {
    List<Verdict> verdicts = verdicts(rule, curve);
    assertThat(Folds.first(Verdict.RaiseAlert.class, verdicts).orElse(0)).isEqualTo(raised);
    assertThat(Folds.first(Verdict.ResolveAlert.class, verdicts).orElse(0)).isEqualTo(resolved);
    assertThat(verdicts.stream().filter(Verdict.RaiseAlert.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
  }

  private static List<Verdict> verdicts(String rule, List<EpochCompleted> curve) {
    return Folds.verdicts(Folds.rule(rule, Map.of()), curve);
  }

  private interface Metrics {
    Map<String, Double> at(int epoch);
  }

  private static List<EpochCompleted> epochs(int count, Metrics metrics) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(e -> Curves.epoch(1, e, metrics.at(e)))
        .toList();
  }

  private static List<EpochCompleted> classes(double rows, double ratio, double recall) {
    return epochs(
        5,
        e ->
            Map.of(
                "label/labeledRows", rows,
                "label/classRatio", ratio,
                "label/worstRecall", recall));
  }

  private static List<EpochCompleted> variances(IntToDoubleFunction of) {
    return epochs(
        8,
        e ->
            Map.of(
                "activationVariance/dense1",
                of.applyAsDouble(e),
                "activationVariance/dense2",
                1.0));
  }

  private static List<EpochCompleted> accuracy(int count, IntToDoubleFunction of) {
    return epochs(count, e -> Map.of("label/accuracy", of.applyAsDouble(e)));
  }

  private static List<EpochCompleted> accuracies(double validation) {
    return epochs(5, e -> Map.of("label/accuracy", validation, "label/trainingAccuracy", 0.8));
  }
}
