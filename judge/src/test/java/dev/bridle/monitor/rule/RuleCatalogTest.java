package dev.bridle.monitor.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.EpochCompleted;
import dev.bridle.events.wire.EventJson;
import dev.bridle.monitor.Curves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule promises: being in the catalog brings these tests. */
class RuleCatalogTest {
  static Stream<RuleDefinition<?>> rules() {
    return RuleCatalog.rules().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void documentsItselfAndEverySetting(RuleDefinition<?> definition) {
    assertThat(definition.description()).endsWith(".");
    assertThat(definition.settings())
        .allSatisfy(setting -> assertThat(setting.description()).endsWith("."))
        .extracting(Setting::name)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void decidesTheSameWhenItsStateWentThroughAStoreAfterEveryEpoch(RuleDefinition<?> definition)
      throws Exception {
    for (List<EpochCompleted> curve : curves()) {
      assertThat(throughStore(definition, curve))
          .isEqualTo(Folds.verdicts(definition.rule("policy.rules[0]", Map.of()), curve));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void keepsNoMoreStateOnALongRunThanOnAShortOne(RuleDefinition<?> definition) throws Exception {
    assertThat(stateSize(definition, 2_000)).isLessThan(2 * stateSize(definition, 100) + 64);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void changesNothingOnAnEpochWithoutMetricsThatItKnows(RuleDefinition<?> definition) {
    assertThat(
            Folds.verdicts(
                definition.rule("policy.rules[0]", Map.of()),
                List.of(
                    Curves.epoch(1, 1, Map.of("ofAnotherTrainer", 1.0)),
                    Curves.epoch(1, 2, Map.of("ofAnotherTrainer", Double.NaN)))))
        .allMatch(Verdict.KeepTraining.class::isInstance);
  }

  @Test
  void refusesARuleThatItLacks() {
    assertThatThrownBy(() -> RuleCatalog.named("policy.rules[1].rule", "patiense"))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageStartingWith("policy.rules[1].rule is no rule: was 'patiense', there are [");
  }

  private static List<List<EpochCompleted>> curves() {
    return List.of(
        Curves.overfitting(60),
        Curves.healthy(60),
        Curves.plateau(60),
        Curves.withNaN(60, 1),
        Curves.withNaN(60, 30),
        Curves.diverging(20));
  }

  private static <S> List<Verdict> throughStore(
      RuleDefinition<S> definition, List<EpochCompleted> curve) throws Exception {
    Rule<S> rule = definition.rule("policy.rules[0]", Map.of());
    List<Verdict> verdicts = new ArrayList<>();
    S state = rule.initial();
    for (EpochCompleted epoch : curve) {
      Judged<S> judged = rule.judge(state, epoch);
      verdicts.add(judged.verdict());
      state =
          EventJson.mapper()
              .readValue(
                  EventJson.mapper().writeValueAsBytes(judged.state()), definition.stateType());
      assertThat(state).isEqualTo(judged.state());
    }
    return verdicts;
  }

  private static <S> int stateSize(RuleDefinition<S> definition, int epochs) throws Exception {
    Rule<S> rule = definition.rule("policy.rules[0]", Map.of());
    S state = rule.initial();
    for (EpochCompleted epoch : Curves.overfitting(epochs)) {
      state = rule.judge(state, epoch).state();
    }
    return EventJson.mapper().writeValueAsBytes(state).length;
  }
}
