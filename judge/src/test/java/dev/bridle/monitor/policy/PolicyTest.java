package dev.bridle.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.PolicySpec;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PolicyTest {
  @Test
  void tellsRepeatedRulesApart() {
    Policy policy =
        Policy.of(
            new PolicySpec(
                "any",
                List.of(
                    Map.of("rule", "patience"),
                    Map.of("rule", "patience", "metric", "label/accuracy", "mode", "max"))));

    assertThat(policy.rules())
        .extracting(PolicyRule::name)
        .containsExactly("patience", "patience-2");
  }

  @Test
  void underAllEveryRuleThatCanStopHasToWishIt() {
    List<Map<String, Object>> rules =
        List.of(
            Map.of("rule", "patience"),
            Map.of("rule", "patience", "patience", 20),
            Map.of("rule", "generalizationGap"));

    assertThat(Policy.of(new PolicySpec("all", rules)).stopsBy(1)).isFalse();
    assertThat(Policy.of(new PolicySpec("all", rules)).stopsBy(2)).isTrue();
    assertThat(Policy.of(new PolicySpec("any", rules)).stopsBy(1)).isTrue();
    assertThat(Policy.of(new PolicySpec("any", rules)).stopsBy(0)).isFalse();
  }

  @Test
  void underKOfNAsManyAsItSaysHaveToWishIt() {
    List<Map<String, Object>> three =
        List.of(
            Map.of("rule", "patience"), Map.of("rule", "timeBudget"), Map.of("rule", "maxEpochs"));
    Policy policy = Policy.of(kOfN(2, three));

    assertThat(policy.stopsBy(1)).isFalse();
    assertThat(policy.stopsBy(2)).isTrue();
    assertThatThrownBy(() -> Policy.of(kOfN(4, three)))
        .hasMessage("policy.k should be between 1 and 3, the rules that can stop: was 4");
    assertThatThrownBy(() -> Policy.of(new PolicySpec("kOfN", three)))
        .hasMessage("policy.k is required by combine kOfN");
    assertThatThrownBy(
            () -> Policy.of(new PolicySpec("any", OptionalInt.of(1), OptionalInt.empty(), three)))
        .hasMessage("policy.k does not apply: policy.combine is any");
  }

  @Test
  void refusesAWarmUpBelowZero() {
    assertThatThrownBy(
            () ->
                Policy.of(
                    new PolicySpec(
                        "any",
                        OptionalInt.empty(),
                        OptionalInt.of(-1),
                        List.of(Map.of("rule", "patience")))))
        .hasMessage("policy.warmUp should be at least 0: was -1");
  }

  private static PolicySpec kOfN(int k, List<Map<String, Object>> rules) {
    return new PolicySpec("kOfN", OptionalInt.of(k), OptionalInt.empty(), rules);
  }

  @Test
  void aPolicyWithoutAStoppingRuleNeverStops() {
    PolicySpec watching = new PolicySpec("all", List.of(Map.of("rule", "generalizationGap")));

    assertThat(Policy.of(watching).stopsBy(0)).isFalse();
  }

  @Test
  void namesTheFullKeyOfWhatIsWrong() {
    assertThatThrownBy(
            () ->
                Policy.of(
                    new PolicySpec(
                        "any",
                        List.of(
                            Map.of("rule", "patience"), Map.of("rule", "patience", "wait", 3)))))
        .hasMessageStartingWith("policy.rules[1].wait is no setting of this rule");
    assertThatThrownBy(() -> Policy.of(new PolicySpec("most", List.of(Map.of("rule", "patience")))))
        .hasMessage("policy.combine should be one of [any, all, kOfN]: was most");
  }

  @Test
  void theDefaultIsReadable() {
    assertThat(Policy.of(Policy.defaultSpec()).rules())
        .extracting(PolicyRule::name)
        .containsExactly("patience", "generalizationGap");
  }
}
