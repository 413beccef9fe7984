package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.SampleAccumulator;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasure.Extent;
import java.util.List;

/**
 * An output of one request, over all its samples.
 *
 * @param shape [rows, ...] as the plain output's
 */
public record SampledOutput(OutputKind kind, List<Long> shape, SampleAccumulator samples) {
  /** The predictive mean E[y], of the plain output's shape. */
  public Tensor mean() {
    float[] values = new float[samples.rows() * samples.units()];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) samples.mean(at / samples.units(), at % samples.units());
    }
    return Tensor.floats(shape, values);
  }

  /** The measure's values, FP32, of the output's shape or one a row. */
  public Tensor measured(UncertaintyMeasure measure) {
    double[] exact = measure.of(samples);
    float[] values = new float[exact.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) exact[at];
    }
    return Tensor.floats(measure.extent() == Extent.PER_UNIT ? shape : shape.subList(0, 1), values);
  }
}
