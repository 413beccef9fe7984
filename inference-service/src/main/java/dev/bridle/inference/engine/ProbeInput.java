package dev.bridle.inference.engine;

import dev.bridle.inference.graph.ModelRefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Rows to try a model on: normal noise at a scale that grows from row to row, for a model may
 * expect numbers about 1 or about 100.
 *
 * @param values each input's numbers, row-major
 */
record ProbeInput(Map<String, Tensor> tensors, Map<String, float[]> values) {
  static final int ROWS = 4;
  private static final long SEED = 20_261_123;
  private static final float SMALLEST = 0.1f;

  /**
   * @throws ModelRefusedException unless every input is FP32 [-1, fixed...]
   */
  static ProbeInput of(List<TensorSpec> inputs) {
    Map<String, Tensor> tensors = new HashMap<>();
    Map<String, float[]> values = new HashMap<>();
    Random random = new Random(SEED);
    for (TensorSpec input : inputs) {
      if (input.datatype() != Datatype.FP32 || !input.isBatched()) {
        throw new ModelRefusedException(
            "input '%s' should be FP32 with a variable first dimension alone: is %s %s"
                .formatted(input.name(), input.datatype(), input.shape()));
      }
      int units = RowBlock.units(input.rowShape());
      float[] rows = new float[ROWS * units];
      float scale = SMALLEST;
      for (int at = 0; at < rows.length; at++) {
        rows[at] = (float) random.nextGaussian() * scale;
        scale = (at + 1) % units == 0 ? scale * 10 : scale;
      }
      values.put(input.name(), rows);
      tensors.put(input.name(), Tensor.floats(RowBlock.shape(ROWS, input.rowShape()), rows));
    }
    return new ProbeInput(tensors, values);
  }
}
