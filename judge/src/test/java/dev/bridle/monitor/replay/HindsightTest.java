package dev.bridle.monitor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.replay.Hindsight.Goal;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class HindsightTest {
  private static final Goal LOSS = new Goal("validationLoss", true);

  @Test
  void aStopThatComesInTimeSavesEpochsAndMissesNothing() {
    Hindsight hindsight = hindsight(e -> Math.abs(e - 5), 3);

    assertThat(hindsight.stopEpoch()).hasValue(8);
    assertThat(hindsight.epochsSaved()).isEqualTo(12);
    assertThat(hindsight.bestEpoch()).hasValue(5);
    assertThat(hindsight.bestMissed()).isFalse();
    assertThat(hindsight.regret()).hasValue(0);
  }

  @Test
  void aStopBeforeTheBestEpochRegretsTheDifference() {
    Hindsight hindsight = hindsight(e -> e <= 5 ? 1 - 0.1 * e : e == 15 ? 0.2 : 1, 3);

    assertThat(hindsight.bestEpoch()).hasValue(15);
    assertThat(hindsight.bestMissed()).isTrue();
    assertThat(hindsight.regret().getAsDouble()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void aCurveThatIsNotStoppedMissesNothing() {
    Hindsight hindsight = hindsight(e -> 1.0 / e, 3);

    assertThat(hindsight.stopEpoch()).isEmpty();
    assertThat(hindsight.epochsSaved()).isZero();
    assertThat(hindsight.bestEpoch()).hasValue(20);
    assertThat(hindsight.regret()).hasValue(0);
  }

  @Test
  void aCurveWithoutAFiniteValueHasNoBestEpoch() {
    Hindsight hindsight = hindsight(e -> Double.NaN, 3);

    assertThat(hindsight.bestEpoch()).isEmpty();
    assertThat(hindsight.bestMissed()).isFalse();
    assertThat(hindsight.regret()).isEmpty();
  }

  private static Hindsight hindsight(IntToDoubleFunction validationLoss, int patience) {
    Curve curve = new Curve("curve", Curves.curve(20, e -> 0.1, validationLoss::applyAsDouble));
    PolicySpec policy =
        new PolicySpec("any", List.of(Map.of("rule", "patience", "patience", patience)));
    return Hindsight.of(curve, new Replay(policy).of(curve), LOSS);
  }
}
