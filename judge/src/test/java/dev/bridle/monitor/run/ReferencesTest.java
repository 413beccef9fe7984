package dev.bridle.monitor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bridle.events.PolicyOrigin;
import dev.bridle.events.PolicySpec;
import dev.bridle.monitor.Curves;
import dev.bridle.monitor.policy.Policy;
import dev.bridle.monitor.run.PolicyBook.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final PolicySpec ASKED =
      new PolicySpec("any", List.of(Map.of("rule", "medianOfFinished", "minRuns", 3)));

  private final List<FinishedCurve> finished = new ArrayList<>();

  @Test
  void aFinishedCurveIsTheRunningMean() {
    FinishedCurve curve =
        FinishedCurve.of(Curves.curve(4, e -> 0, e -> e == 2 ? Double.NaN : e), "validationLoss");

    assertThat(curve).isEqualTo(new FinishedCurve(1, List.of(1.0, 1.0, 2.0, 8.0 / 3)));
    assertThat(curve.at(0)).isNaN();
    assertThat(curve.at(9)).isEqualTo(8.0 / 3);
  }

  @Test
  void aLongRunsCurveIsThinned() {
    FinishedCurve curve = FinishedCurve.of(Curves.curve(1_000, e -> 0, e -> e), "validationLoss");

    assertThat(curve.every()).isEqualTo(8);
    assertThat(curve.means()).hasSize(125).first().isEqualTo(4.5);
    assertThat(curve.at(1_000)).isEqualTo(500.5);
  }

  @Test
  void theReferenceIsTheMedianOfTheMeans() {
    finishWith(1, 3, 2);

    assertThat(frozen().rules().get(0)).containsEntry("reference", List.of(List.of(1, 2.0)));
  }

  @Test
  void thereIsNoReferenceWhileTooFewRunsHaveFinished() {
    finishWith(1, 3);

    assertThat(frozen()).isEqualTo(ASKED);
  }

  @Test
  void aRunKeepsTheReferenceThatItBeganWith() {
    RunFold run = new RunFold(book());
    finishWith(1, 3, 2);
    run.start(1, 0, Optional.of(ASKED));
    finishWith(0.1, 0.1, 0.1, 0.1);
    run.start(2, 0, Optional.of(ASKED));

    assertThat(run.adopted).hasSize(1);
    assertThat(run.state().policy().isAskedAs(ASKED)).isTrue();
    assertThat(run.state().policy().spec().rules().get(0))
        .containsEntry("reference", List.of(List.of(1, 2.0)));
  }

  @Test
  void theCurveOfAMetricThatIsComparedIsKeptWithAReferenceAndWithoutOne() {
    Map<String, Object> rule = Map.of("rule", "medianOfFinished", "metric", "label/accuracy");
    Map<String, Object> frozen = new HashMap<>(rule);
    frozen.put("reference", List.of(List.of(1, 0.5)));

    for (Map<String, Object> each : List.of(rule, frozen)) {
      assertThat(References.metrics(Policy.of(new PolicySpec("any", List.of(each)))))
          .containsExactly("validationLoss", "label/accuracy");
    }
  }

  private void finishWith(double... values) {
    for (double value : values) {
      finished.add(new FinishedCurve(1, List.of(value)));
    }
  }

  private PolicySpec frozen() {
    return References.frozen(ASKED, metric -> finished);
  }

  private PolicyBook book() {
    return new PolicyBook() {
      @Override
      public Standing standing(String experiment) {
        return new Standing(Policy.defaultSpec(), PolicyOrigin.DEFAULT);
      }

      @Override
      public PolicySpec frozen(String experiment, PolicySpec policy) {
        return References.frozen(policy, metric -> finished);
      }
    };
  }
}
