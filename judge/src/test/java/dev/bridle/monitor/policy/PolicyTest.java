package dev.bridle.monitor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.events.PolicySpec;
import java.util.List;
import java.util.Map;
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
        .hasMessage("policy.combine should be one of [any, all]: was most");
  }

  @Test
  void theDefaultIsReadable() {
    assertThat(Policy.of(Policy.defaultSpec()).rules())
        .extracting(PolicyRule::name)
        .containsExactly("patience", "generalizationGap");
  }
}
