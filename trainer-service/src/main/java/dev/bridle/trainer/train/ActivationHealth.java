package dev.bridle.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.model.EngineNetwork.HiddenActivation;
import dev.bridle.trainer.spec.Activation;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one activation is like on rows that pass by, without dropout or noise: {@code
 * activationVariance}, the population variance over its units and the rows; {@code deadShare} of
 * ReLU and {@code saturatedShare} of tanh and sigmoid, the share of the units, or of the maps, that
 * every row and pixel left dead or flat. A NaN is neither. Its cost is bounded: it looks at no more
 * rows once it has seen 1,024, or {@value #MOST_VALUES} values.
 */
final class ActivationHealth {
  static final int MOST_ROWS = 1024;
  static final int MOST_VALUES = 1 << 20;

  private static final double TANH_IS_FLAT = 9.4999;
  private static final double SIGMOID_IS_FLAT_BELOW = -23;
  private static final double SIGMOID_IS_FLAT_ABOVE = 16.99999;

  private Activation activation;
  private long rows;
  private long values;
  private double mean;
  private double squares;
  private float[] alive = new float[0];

  void see(HiddenActivation hidden) {
    if (rows >= MOST_ROWS || values >= MOST_VALUES) {
      return;
    }
    activation = hidden.layer().activation();
    NDArray output = hidden.output();
    variance(output);
    if (activation != Activation.SELU) {
      addUp(signsOfLife(hidden));
    }
    rows += output.getShape().get(0);
    values += output.size();
  }

  void report(String layer, Map<String, Double> metrics) {
    metrics.put(MetricNames.activationVariance(layer), squares / values);
    switch (activation) {
      case RELU -> metrics.put(MetricNames.deadShare(layer), quietShare());
      case TANH, SIGMOID -> metrics.put(MetricNames.saturatedShare(layer), quietShare());
      case SELU -> {
        // Neither dead nor flat on both sides.
      }
    }
  }

  /** Chan, Golub and LeVeque, 1979: means and sums of squares of two parts make those of both. */
  private void variance(NDArray output) {
    long more = output.size();
    NDArray mean = output.mean();
    NDArray distance = output.sub(mean);
    double delta = mean.getFloat() - this.mean;
    squares += (double) distance.mul(distance).mean().getFloat() * more;
    squares += delta * delta * values * more / (values + more);
    this.mean += delta * more / (values + more);
  }

  /** Above 0, or NaN, where a unit lives. */
  private static NDArray signsOfLife(HiddenActivation hidden) {
    NDArray input = hidden.input();
    return switch (hidden.layer().activation()) {
      case TANH -> not(input.abs().gt(TANH_IS_FLAT));
      case SIGMOID ->
          not(input.lte(SIGMOID_IS_FLAT_BELOW).logicalOr(input.gte(SIGMOID_IS_FLAT_ABOVE)));
      default -> hidden.output();
    };
  }

  private static NDArray not(NDArray flat) {
    return flat.logicalNot().toType(DataType.FLOAT32, false);
  }

  /** Adds up the signs of each unit, or map: none is negative, so the sum is 0 if all are. */
  private void addUp(NDArray signs) {
    int[] others =
        IntStream.range(0, signs.getShape().dimension()).filter(axis -> axis != 1).toArray();
    float[] sums = signs.sum(others).toFloatArray();
    alive = alive.length == 0 ? new float[sums.length] : alive;
    for (int unit = 0; unit < sums.length; unit++) {
      alive[unit] += sums[unit];
    }
  }

  private double quietShare() {
    int quiet = 0;
    for (float sum : alive) {
      quiet += sum == 0 ? 1 : 0;
    }
    return (double) quiet / alive.length;
  }
}
