package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a row's plain answer is the same alone and among others, so that requests may share a
 * run: shown at load, by a probe's rows together and each alone. It warms the model up, too.
 */
final class RowIndependence {
  /** Products of other shapes round otherwise. */
  private static final double TOLERANCE = 1e-3;

  private RowIndependence() {}

  static boolean holds(Network plain) {
    Set<String> outputs =
        plain.outputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
    boolean batched =
        plain.outputs().stream()
            .allMatch(output -> output.datatype() == Datatype.FP32 && output.isBatched());
    try {
      ProbeInput probe = ProbeInput.of(plain.inputs());
      Map<String, Tensor> together = plain.run(probe.tensors(), outputs);
      for (int row = 0; row < ProbeInput.ROWS; row++) {
        Map<String, Tensor> alone = plain.run(row(probe, row), outputs);
        int at = row;
        batched &= outputs.stream().allMatch(name -> near(together.get(name), alone.get(name), at));
      }
      return batched;
    } catch (ModelRefusedException | ModelFailedException e) {
      return false;
    }
  }

  private static Map<String, Tensor> row(ProbeInput probe, int row) {
    Map<String, Tensor> alone = new HashMap<>();
    probe
        .tensors()
        .forEach(
            (name, tensor) -> alone.put(name, Tensors.split(tensor, List.of(1, 1, 1, 1)).get(row)));
    return alone;
  }

  private static boolean near(Tensor together, Tensor alone, int row) {
    float[] all = together.floats();
    float[] one = alone.floats();
    if (one.length * ProbeInput.ROWS != all.length) {
      return false;
    }
    for (int at = 0; at < one.length; at++) {
      double expected = all[row * one.length + at];
      boolean same = Double.isNaN(expected) && Float.isNaN(one[at]);
      if (!same && !(Math.abs(one[at] - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }
}
