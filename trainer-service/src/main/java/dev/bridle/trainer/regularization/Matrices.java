package dev.bridle.trainer.regularization;

import java.util.List;
import java.util.function.Consumer;

/** Sums over the weights that penalties speak of. */
final class Matrices {
  private Matrices() {}

  static void each(List<WeightStep> weights, Consumer<WeightStep> action) {
    weights.stream().filter(WeightStep::matrix).forEach(action);
  }

  static double absolutes(List<WeightStep> weights) {
    double[] sum = new double[1];
    each(
        weights,
        weight -> {
          for (float value : weight.values()) {
            sum[0] += Math.abs(value);
          }
        });
    return sum[0];
  }

  static double squares(List<WeightStep> weights) {
    double[] sum = new double[1];
    each(weights, weight -> sum[0] += Norms.squared(weight.values()));
    return sum[0];
  }

  /** sign(value) max(|value| - by, 0); NaN stays NaN. */
  static float shrunk(float value, float by) {
    return value > by ? value - by : value < -by ? value + by : value == value ? 0 : value;
  }
}
