package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.EpochCompleted;
import dev.bridle.monitor.Curves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ExpectedImprovementTest {
  @Test
  void stopsAnOverfittingRunSoonAfterItsTurn() {
    Verdict.StopTraining stop = stop(Map.of(), Curves.overfitting(60));

    assertThat(stopEpoch(Map.of(), Curves.overfitting(60))).isBetween(21, 30);
    assertThat(stop.bestEpoch()).isEqualTo(20);
    assertThat(stop.evidence())
        .containsOnlyKeys("probability", "noise", "slope", "level", "margin", "horizon", "best")
        .containsEntry("horizon", 10.0)
        .containsEntry("best", loss(Curves.overfitting(60), 20));
    assertThat(stop.evidence().get("probability")).isBetween(0.0, 0.05);
    assertThat(stop.reason())
        .startsWith("validationLoss will hardly improve: by more than ")
        .contains(" within 10 epochs only with probability 0.0", "best 0.1500 at epoch 20, noise ");
  }

  @Test
  void waitsAsLongAsTheCurveFallsHoweverNoisyItIs() {
    for (double noise : new double[] {0, 0.001, 0.01, 0.05}) {
      assertThat(stopEpoch(Map.of(), curve(150, noisy(e -> 3 - 0.01 * e, noise)))).isZero();
    }
  }

  @Test
  void theNoisierThePlateauTheLongerItLooksAndStopsNevertheless() {
    for (double noise : new double[] {0, 0.001, 0.01, 0.1}) {
      assertThat(stopEpoch(Map.of(), curve(150, noisy(e -> 1 + Math.exp(-e / 3.0), noise))))
          .isBetween(21, 80);
    }
  }

  @Test
  void moreMayBeBetter() {
    List<EpochCompleted> mirrored = curve(60, e -> -loss(Curves.overfitting(60), e));

    assertThat(stopEpoch(Map.of("mode", "max"), mirrored))
        .isEqualTo(stopEpoch(Map.of(), Curves.overfitting(60)));
    assertThat(stop(Map.of("mode", "max"), mirrored).evidence())
        .containsEntry("best", -loss(Curves.overfitting(60), 20));
  }

  @Test
  void minDeltaIsOfTheNoiseOrAbsoluteOrRelative() {
    List<EpochCompleted> falling = curve(100, noisy(e -> 3 - 0.01 * e, 0.01));

    assertThat(stopEpoch(Map.of("minDeltaMode", "absolute"), falling)).isZero();
    assertThat(stopEpoch(Map.of("minDeltaMode", "absolute", "minDelta", 0.2), falling))
        .isEqualTo(21);
    assertThat(stopEpoch(Map.of("minDeltaMode", "relative", "minDelta", 0.02), falling)).isZero();
    assertThat(stopEpoch(Map.of("minDeltaMode", "relative", "minDelta", 0.1), falling))
        .isEqualTo(21);
    assertThat(stopEpoch(Map.of("minDelta", 50), falling)).isEqualTo(21);
  }

  @Test
  void nonFiniteValuesChangeNothing() {
    IntToDoubleFunction plateau = noisy(e -> 1 + Math.exp(-e / 3.0), 0.01);
    int undisturbed = stopEpoch(Map.of(), curve(100, plateau));

    List<EpochCompleted> disturbed =
        curve(
            200,
            e -> e % 2 == 0 ? plateau.applyAsDouble(e / 2) : e % 4 == 1 ? Double.NaN : 1 / 0.0);

    assertThat(stopEpoch(Map.of("horizon", 20), disturbed)).isBetween(1, 4 * undisturbed);
    assertThat(stopEpoch(Map.of(), curve(100, e -> Double.NaN))).isZero();
  }

  @Test
  void aBestThatLeftTheWindowIsNotForgotten() {
    // Better again from epoch 100 on, but never as good as it was.
    List<EpochCompleted> recovering =
        curve(
            160,
            noisy(
                e -> e <= 30 ? 2 - 0.03 * e : e <= 100 ? 1.1 + 0.02 * (e - 30) : 3.5 - 0.01 * e,
                0.01));
    Map<String, Object> late = Map.of("startFromEpoch", 130);

    assertThat(stopEpoch(late, recovering)).isEqualTo(131);
    assertThat(stop(late, recovering).bestEpoch()).isBetween(28, 32);
  }

  @Test
  void aRunThatIsValidatedEveryFifthEpochCountsInEpochs() {
    List<EpochCompleted> everyFifth =
        Curves.overfitting(300).stream().filter(e -> e.epoch() % 5 == 0).toList();

    Verdict.StopTraining stop = stop(Map.of(), everyFifth);
    assertThat(stop.bestEpoch()).isEqualTo(20);
    assertThat(stop.evidence().get("slope")).isBetween(0.03, 0.07);
  }

  @Test
  void refusesSettingsOutOfTheirLimits() {
    assertThatThrownBy(() -> stopEpoch(Map.of("probability", 1), List.of()))
        .hasMessage("policy.rules[0].probability should be between 0 and 1.0, exclusive: was 1.0");
    assertThatThrownBy(() -> stopEpoch(Map.of("window", 11), List.of()))
        .hasMessageStartingWith("policy.rules[0].window should be at least 12");
  }

  private static double loss(List<EpochCompleted> curve, int epoch) {
    return curve.get(epoch - 1).metric("validationLoss").orElseThrow();
  }

  private static IntToDoubleFunction noisy(IntToDoubleFunction curve, double noise) {
    Map<Integer, Double> draws = new HashMap<>();
    Random random = new Random(5);
    return e ->
        curve.applyAsDouble(e) + noise * draws.computeIfAbsent(e, any -> random.nextGaussian());
  }

  private static List<EpochCompleted> curve(int epochs, IntToDoubleFunction loss) {
    return Curves.curve(epochs, loss, loss);
  }

  private static int stopEpoch(Map<String, Object> settings, List<EpochCompleted> curve) {
    return Folds.first(Verdict.StopTraining.class, verdicts(settings, curve)).orElse(0);
  }

  private static Verdict.StopTraining stop(
      Map<String, Object> settings, List<EpochCompleted> curve) {
    return verdicts(settings, curve).stream()
        .filter(Verdict.StopTraining.class::isInstance)
        .map(Verdict.StopTraining.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Verdict> verdicts(Map<String, Object> settings, List<EpochCompleted> curve) {
    return Folds.verdicts(Folds.rule("expectedImprovement", settings), curve);
  }
}
