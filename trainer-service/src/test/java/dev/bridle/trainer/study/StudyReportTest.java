package dev.bridle.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bridle.events.Phase;
import dev.bridle.events.RunId;
import dev.bridle.trainer.study.Gain.Verdict;
import dev.bridle.trainer.study.StudyReport.Receipt;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StudyReportTest {
  private static final List<StudyArm> ARMS =
      StudyPlan.arms(
          StudyPlanTest.study(
              """
              "without": ["l2"],
              "arms": [{"name": "weak", "group": "sweep", "changes": {}},
                       {"name": "strong", "group": "sweep", "changes": {}}]
              """));

  @Test
  void aTechniqueGetsWhatIsMissingWithoutIt() {
    StudyReport report = report(true);
    Receipt l2 = report.receipts().get(0);
    assertThat(l2.of()).isEqualTo("l2");
    assertThat(l2.gain().mean()).isCloseTo(0.10, within(1e-9));
    assertThat(l2.gain().verdict()).isEqualTo(Verdict.HELPS);
    assertThat(report.recommendation().get(0))
        .startsWith("Keep l2: it helps (label/accuracy +0.1000");
  }

  @Test
  void whereLowerIsBetterTheSameDifferenceIsALoss() {
    assertThat(report(false).receipts().get(0).gain().verdict()).isEqualTo(Verdict.HARMS);
  }

  @Test
  void ofASweepTheArmOfTheLowestValidationLossCounts() {
    // Of the first seed the weak arm, of the second the strong one: 0.92 and 0.93 against 0.90,
    // 0.91.
    Receipt sweep = report(true).receipts().get(1);
    assertThat(sweep.of()).isEqualTo("sweep");
    assertThat(sweep.gain().mean()).isCloseTo(0.02, within(1e-9));
  }

  @Test
  void onlySeedsWithBothSidesCountAndNothingIsRecommendedBeforeTheEnd() {
    StudyReport report =
        StudyReport.of(
            ARMS,
            List.of(
                List.of(run(0, 0.9, 1), run(1, 0.91, 1)),
                List.of(run(0, 0.8, 1), unfinished(1)),
                List.of(unfinished(0), unfinished(1)),
                List.of(unfinished(0), unfinished(1))),
            "label/accuracy",
            true);
    assertThat(report.receipts().get(0).gain().pairs()).isEqualTo(1);
    assertThat(report.receipts().get(1).gain().pairs()).isZero();
    assertThat(report.recommendation()).isEmpty();
  }

  @Test
  void featuresCountAsUnusedWhenNoRunOfTheArmUsesThem() {
    assertThat(report(true).arms().get(0).unusedFeatures()).containsExactly("p1");
  }

  private static StudyReport report(boolean higherIsBetter) {
    return StudyReport.of(
        ARMS,
        List.of(
            List.of(run(0, 0.90, 1, "p1", "p2"), run(1, 0.91, 1, "p1")),
            List.of(run(0, 0.80, 1), run(1, 0.81, 1)),
            List.of(run(0, 0.92, 0.5), run(1, 0.70, 0.9)),
            List.of(run(0, 0.60, 0.6), run(1, 0.93, 0.8))),
        "label/accuracy",
        higherIsBetter);
  }

  private static ArmRun run(int seed, double value, double validationLoss, String... unused) {
    return new ArmRun(
        seed,
        new RunId("r" + seed),
        Phase.SUCCEEDED,
        100,
        9,
        OptionalDouble.of(validationLoss),
        OptionalDouble.of(value),
        List.of(unused));
  }

  private static ArmRun unfinished(int seed) {
    return new ArmRun(
        seed,
        new RunId("r" + seed),
        Phase.RUNNING,
        50,
        4,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of());
  }
}
