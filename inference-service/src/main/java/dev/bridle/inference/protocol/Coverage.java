package dev.bridle.inference.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bridle.inference.engine.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether truths lie where an answer promised them: in its sets, or in its intervals. */
final class Coverage {
  private static final List<List<String>> INTERVALS =
      List.of(List.of(".conformal_lower", ".conformal_upper"), List.of(".lower", ".upper"));

  private Coverage() {}

  /**
   * What answers promise of the truth, as a probability: NaN where they don't.
   *
   * @param conformal of sets and intervals by calibration
   * @param normal of intervals by the normal distribution
   */
  record Level(double conformal, double normal) {
    static Level of(Map<String, JsonNode> parameters) {
      JsonNode alpha = parameters.get("conformal_alpha");
      JsonNode interval = parameters.get("mc_interval");
      return new Level(
          alpha == null ? Double.NaN : 1 - alpha.doubleValue(),
          interval == null ? Double.NaN : interval.doubleValue());
    }

    double of(InferAnswer answer, String output) {
      boolean calibrated =
          Stream.of(".conformal_set", ".conformal_lower")
              .anyMatch(name -> answer.outputs().containsKey(output + name));
      return calibrated ? conformal : normal;
    }
  }

  /** One for each label; none where the answer promises nothing. */
  static boolean[] of(InferAnswer answer, String output, boolean distribution, double[] labels) {
    Map<String, Tensor> outputs = answer.outputs();
    if (distribution) {
      Tensor sets = outputs.get(output + ".conformal_set");
      return sets == null
          ? new boolean[0]
          : inSets(sets, Evaluation.classes(outputs.get(output), labels));
    }
    for (List<String> ends : INTERVALS) {
      Tensor lower = outputs.get(output + ends.get(0));
      Tensor upper = outputs.get(output + ends.get(1));
      if (lower != null && upper != null) {
        return inIntervals(lower.floats(), upper.floats(), labels);
      }
    }
    return new boolean[0];
  }

  private static boolean[] inSets(Tensor sets, int[] labels) {
    ByteBuffer inside = sets.data().duplicate();
    int classes = inside.remaining() / labels.length;
    boolean[] covered = new boolean[labels.length];
    for (int row = 0; row < covered.length; row++) {
      covered[row] = inside.get(inside.position() + row * classes + labels[row]) != 0;
    }
    return covered;
  }

  private static boolean[] inIntervals(float[] lower, float[] upper, double[] labels) {
    Evaluation.checkCount(lower.length, labels);
    boolean[] covered = new boolean[labels.length];
    for (int at = 0; at < covered.length; at++) {
      covered[at] = lower[at] <= labels[at] && labels[at] <= upper[at];
    }
    return covered;
  }
}
