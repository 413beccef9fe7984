package dev.bridle.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.spec.StudySpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyPlanTest {
  private static final String RUN =
      """
      {"name": "r", "seed": 10, "data": {"uri": "digits.csv"},
       "model": {"kind": "mlp", "hidden": [8], "dropout": 0.5},
       "regularization": [{"technique": "l2", "strength": 0.01}, {"technique": "mixup"}],
       "policy": {"rules": [{"rule": "patience", "patience": 3}]}}
      """;

  @Test
  void eachTechniqueIsTakenAwayAlone() {
    List<StudyArm> arms =
        StudyPlan.arms(study("\"without\": [\"dropout\", \"l2\", \"earlyStopping\"]"));
    assertThat(arms)
        .extracting(StudyArm::name)
        .containsExactly("full", "without-dropout", "without-l2", "without-earlyStopping");
    assertThat(techniques(arms.get(0))).containsExactly("dropout", "l2", "mixup");
    assertThat(techniques(arms.get(1))).containsExactly("l2", "mixup");
    assertThat(techniques(arms.get(2))).containsExactly("dropout", "mixup");
    assertThat(techniques(arms.get(3))).containsExactly("dropout", "l2", "mixup");
    assertThat(arms.get(3).spec().policy().orElseThrow().rules().toString()).contains("maxEpochs");
  }

  @Test
  void seedsArePairedAndModelsOfStudiesAreNotAnnounced() {
    List<StudyArm> arms = StudyPlan.arms(study("\"without\": [\"l2\"]"));
    RunSpec full = StudyPlan.run("s-1", arms.get(0), 3);
    RunSpec without = StudyPlan.run("s-1", arms.get(1), 3);
    assertThat(full.seed()).isEqualTo(13).isEqualTo(without.seed());
    assertThat(full.experiment()).isEqualTo("s-1").isEqualTo(without.experiment());
    assertThat(without.export().announce()).isFalse();
  }

  @Test
  void anArmChangesWhatItSays() {
    List<StudyArm> arms =
        StudyPlan.arms(
            study("\"arms\": [{\"name\": \"a\", \"changes\": {\"training\": {\"epochs\": 7}}}]"));
    assertThat(arms.get(1).spec().training().epochs()).isEqualTo(7);
    assertThat(techniques(arms.get(1))).containsExactly("dropout", "l2", "mixup");
  }

  @Test
  void whatTheRunLacksCannotBeTakenAway() {
    assertThatThrownBy(() -> StudyPlan.arms(study("\"without\": [\"l2\", \"cutout\"]")))
        .hasMessage(
            "without[1] should be a technique of the run, one of [dropout, l2, mixup], or"
                + " earlyStopping: was 'cutout'");
  }

  @Test
  void aStudyComparesSomething() {
    assertThatThrownBy(() -> study("\"seeds\": 3"))
        .hasMessage("without and arms should be between 1 and 30: was 0");
    assertThatThrownBy(() -> study("\"seeds\": 1, \"without\": [\"l2\"]"))
        .hasMessage("seeds should be between 2 and 30: was 1");
    assertThatThrownBy(() -> study("\"without\": [\"l2\", \"l2\"]"))
        .hasMessage("without should be given once: was 'without-l2' again");
    assertThatThrownBy(() -> study("\"arms\": [{\"name\": \"a\"}]"))
        .hasMessage("arms[].changes should be a JSON object");
  }

  private static List<String> techniques(StudyArm arm) {
    return Regularization.of(arm.spec()).techniques().stream()
        .map(Regularization.Named::technique)
        .toList();
  }

  static StudySpec study(String more) {
    return SpecJson.read(
        "{\"name\": \"s\", \"spec\": %s, %s}".formatted(RUN, more).getBytes(StandardCharsets.UTF_8),
        StudySpec.class);
  }
}
