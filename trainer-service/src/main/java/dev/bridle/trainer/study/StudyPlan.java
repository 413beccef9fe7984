package dev.bridle.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bridle.trainer.regularization.Regularization;
import dev.bridle.trainer.spec.InvalidFieldException;
import dev.bridle.trainer.spec.RegularizerSpec;
import dev.bridle.trainer.spec.RunSpec;
import dev.bridle.trainer.spec.SpecJson;
import dev.bridle.trainer.spec.StudySpec;
import dev.bridle.trainer.study.StudyArm.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a study's arms of its spec; pure. */
final class StudyPlan {
  static final String EARLY_STOPPING = "earlyStopping";
  private static final String FULL = "full";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StudyPlan() {}

  /**
   * All arms, the run with everything first.
   *
   * @throws InvalidFieldException if the run lacks a technique that is to be taken away, or a
   *     changed spec breaks a rule
   */
  static List<StudyArm> arms(StudySpec study) {
    List<StudyArm> arms = new ArrayList<>();
    arms.add(new StudyArm(FULL, Kind.FULL, Optional.empty(), study.spec()));
    for (int i = 0; i < study.without().size(); i++) {
      String technique = study.without().get(i);
      RunSpec spec = without(study.spec(), technique, "without[" + i + "]");
      arms.add(new StudyArm("without-" + technique, Kind.WITHOUT, Optional.empty(), spec));
    }
    for (StudySpec.Arm arm : study.arms()) {
      RunSpec spec = changed(study.spec(), arm.changes().toString());
      arms.add(new StudyArm(arm.name(), Kind.CHANGED, arm.group(), spec));
    }
    return arms;
  }

  /** The run of an arm with one of the study's seeds; models of studies are not announced. */
  static RunSpec run(String study, StudyArm arm, int seed) {
    ObjectNode changes = JSON.createObjectNode();
    changes.put("name", shortened(arm.name()));
    changes.put("experiment", study);
    changes.put("seed", arm.spec().seed() + seed);
    changes.putObject("export").put("announce", false).put("model", shortened(arm.name()));
    return changed(arm.spec(), changes.toString());
  }

  private static RunSpec without(RunSpec spec, String technique, String field) {
    ObjectNode changes = JSON.createObjectNode();
    if (technique.equals(EARLY_STOPPING)) {
      // A rule that speaks up when the plan is over anyway.
      ObjectNode rule = changes.putObject("policy").putArray("rules").addObject();
      rule.put("rule", "maxEpochs").put("maxEpochs", spec.training().epochs());
      return changed(spec, changes.toString());
    }
    if (Regularization.of(spec).technique(technique).isEmpty()) {
      throw new InvalidFieldException(
          field,
          "should be a technique of the run, one of %s, or %s: was '%s'"
              .formatted(
                  Regularization.of(spec).techniques().stream()
                      .map(Regularization.Named::technique)
                      .toList(),
                  EARLY_STOPPING,
                  technique));
    }
    ArrayNode kept = changes.putArray("regularization");
    spec.regularization().stream()
        .filter(other -> !other.technique().equals(technique))
        .map(RegularizerSpec::settings)
        .forEach(kept::addPOJO);
    if (kept.size() == spec.regularization().size()) {
      // It is one that the model itself has: dropout or spatialDropout.
      changes.putObject("model").put(technique, 0);
    }
    return changed(spec, changes.toString());
  }

  private static RunSpec changed(RunSpec spec, String patch) {
    return SpecJson.merged(spec, patch.getBytes(StandardCharsets.UTF_8));
  }

  private static String shortened(String name) {
    return name.substring(0, Math.min(name.length(), 64));
  }
}
