package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.PolicySpec;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.finished.FinishedCurve;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MedianOfFinishedTest {
  private static final List<FinishedCurve> FINISHED =
      List.of(finished(e -> 1.0), finished(e -> 2.0), finished(e -> 3.0));

  @Test
  void stopsARunWhoseBestIsWorseThanTheMedian() {
    Verdict.StopTraining stop = stop(Map.of("reference", List.of(9, 9, 2)), e -> 2.1);

    assertThat(stop.bestEpoch()).isEqualTo(1);
    assertThat(stop.evidence()).isEqualTo(Map.of("best", 2.1, "median", 2.0));
    assertThat(stop.reason())
        .isEqualTo(
            "validationLoss is worse than the median of the finished runs at epoch 6:"
                + " best 2.100 at epoch 1, median 2.000");
  }

  @Test
  void asGoodAsTheMedianIsGoodEnough() {
    assertThat(stopEpoch(Map.of("reference", List.of(2)), e -> 2)).isZero();
  }

  @Test
  void oneGoodValueIsEnoughToGoOn() {
    assertThat(stopEpoch(Map.of("reference", List.of(2)), e -> e == 3 ? 1.9 : 5)).isZero();
  }

  @Test
  void doesNotStopDuringTheWarmUpOrBeforeTheReferenceBegins() {
    assertThat(stopEpoch(Map.of("reference", List.of(1), "startFromEpoch", 8), e -> 2))
        .isEqualTo(9);
    assertThat(stopEpoch(Map.of("reference", List.of(List.of(4, 1)), "startFromEpoch", 0), e -> 2))
        .isEqualTo(4);
  }

  @Test
  void moreMayBeBetter() {
    Map<String, Object> settings = Map.of("reference", List.of(0.5), "mode", "max");

    assertThat(stopEpoch(settings, e -> 0.4)).isEqualTo(6);
    assertThat(stopEpoch(settings, e -> 0.6)).isZero();
  }

  @Test
  void withoutAReferenceItSaysNothing() {
    assertThat(stopEpoch(Map.of(), e -> 1e9)).isZero();
  }

  @Test
  void nonFiniteValuesAreNeverTheBest() {
    Map<String, Object> settings = Map.of("reference", List.of(2));

    assertThat(stopEpoch(settings, e -> Double.NaN)).isZero();
    assertThat(stopEpoch(settings, e -> e == 1 ? Double.NEGATIVE_INFINITY : 3)).isEqualTo(6);
  }

  @Test
  void freezesTheReferenceOfTheRulesThatLackOne() throws Exception {
    PolicySpec asked =
        new PolicySpec(
            "any",
            List.of(
                Map.of("rule", "patience"),
                Map.of("rule", "medianOfFinished"),
                Map.of("rule", "medianOfFinished", "minRuns", 4),
                Map.of("rule", "medianOfFinished", "reference", List.of(7))));

    PolicySpec frozen =
        MedianOfFinished.frozen(
            asked, metric -> metric.equals("validationLoss") ? FINISHED : List.of());

    assertThat(frozen.rules().get(0)).isEqualTo(asked.rules().get(0));
    assertThat(frozen.rules().get(2)).isEqualTo(asked.rules().get(2));
    assertThat(frozen.rules().get(3)).isEqualTo(asked.rules().get(3));
    Map<String, Object> settings = new HashMap<>(throughJson(frozen).rules().get(1));
    settings.remove("rule");
    assertThat(settings).isEqualTo(Map.of("reference", List.of(List.of(1, 2.0), List.of(2, 2.0))));
    assertThat(stopEpoch(settings, e -> 2.5)).isEqualTo(6);
  }

  @Test
  void freezingLeavesAWrongPolicyToItsReader() {
    PolicySpec wrong =
        new PolicySpec("any", List.of(Map.of("rule", "medianOfFinished", "minRuns", "many")));

    assertThat(MedianOfFinished.frozen(wrong, metric -> FINISHED)).isEqualTo(wrong);
  }

  @Test
  void refusesAReferenceThatIsNoCurve() {
    assertThatThrownBy(() -> stopEpoch(Map.of("reference", List.of("2")), e -> 1))
        .hasMessage(
            "policy.rules[0].reference should be numbers, or pairs of an epoch and a number: was 2");
    assertThatThrownBy(() -> stopEpoch(Map.of("reference", 2), e -> 1))
        .hasMessageStartingWith("policy.rules[0].reference is no curve: ");
    assertThatThrownBy(
            () -> stopEpoch(Map.of("reference", List.of(List.of(3, 1), List.of(2, 1))), e -> 1))
        .hasMessageEndingWith("epochs should rise from 1 on: were [3, 2]");
  }

  private static PolicySpec throughJson(PolicySpec policy) throws Exception {
    return EventJson.mapper()
        .readValue(EventJson.mapper().writeValueAsBytes(policy), PolicySpec.class);
  }

  private static int stopEpoch(Map<String, Object> settings, IntToDoubleFunction loss) {
    return Folds.first(Verdict.StopTraining.class, verdicts(settings, loss)).orElse(0);
  }

  private static Verdict.StopTraining stop(Map<String, Object> settings, IntToDoubleFunction loss) {
    return verdicts(settings, loss).stream()
        .filter(Verdict.StopTraining.class::isInstance)
        .map(Verdict.StopTraining.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Verdict> verdicts(Map<String, Object> settings, IntToDoubleFunction loss) {
    List<EpochCompleted> curve = Curves.curve(20, loss, loss);
    return Folds.verdicts(Folds.rule("medianOfFinished", settings), curve);
  }

  private static FinishedCurve finished(IntToDoubleFunction loss) {
    return FinishedCurve.of(Curves.RUN, "demo", "validationLoss", Curves.curve(2, loss, loss));
  }
}
