package dev.bridle.inference.engine;

import dev.bridle.inference.uncertainty.KeptSamples;
import dev.bridle.inference.uncertainty.Moments;
import dev.bridle.inference.uncertainty.MomentsOfRows;
import dev.bridle.inference.uncertainty.OutputKind;
import dev.bridle.inference.uncertainty.UncertaintyMeasure;
import dev.bridle.inference.uncertainty.UncertaintyMeasure.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An output of one request, over all its moments.
 *
 * @param shape [rows, ...] as the plain output's
 * @param kept the samples themselves, where the plan keeps them
 */
public record SampledOutput(
    OutputKind kind, List<Long> shape, Moments moments, Optional<KeptSamples> kept) {
  SampledOutput(OutputKind kind, List<Long> shape, Moments moments) {
    this(kind, shape, moments, Optional.empty());
  }

  SampledOutput rows(int first, int count) {
    return new SampledOutput(
        kind,
        RowBlock.shape(count, shape.subList(1, shape.size())),
        new MomentsOfRows(moments, first, count));
  }

  /** The samples, FP32 [T, rows, ...], where the plan keeps them. */
  public Tensor samples() {
    float[] values = kept.orElseThrow().values();
    long each = shape.stream().reduce(1L, Math::multiplyExact);
    List<Long> all = new ArrayList<>(List.of(each == 0 ? 0 : values.length / each));
    all.addAll(shape);
    return Tensor.floats(all, values);
  }

  /** The predictive mean E[y], of the plain output's shape. */
  public Tensor mean() {
    float[] values = new float[moments.rows() * moments.units()];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) moments.mean(at / moments.units(), at % moments.units());
    }
    return Tensor.floats(shape, values);
  }

  /** The measure's values, FP32, of the output's shape or one a row. */
  public Tensor measured(UncertaintyMeasure measure) {
    double[] exact = measure.of(moments);
    float[] values = new float[exact.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) exact[at];
    }
    return Tensor.floats(measure.extent() == Extent.PER_UNIT ? shape : shape.subList(0, 1), values);
  }
}
