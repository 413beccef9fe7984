package dev.bridle.trainer.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.EngineNetwork.HiddenActivation;
import dev.bridle.trainer.model.LiveDropout;
import dev.bridle.trainer.model.Weights;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics of single layers that the monitor's health rules read. Their cost is bounded: one
 * pass over at most 1,024 validation rows, and one comparison of the weights an epoch.
 */
final class LayerHealth {
  private static final double TANH_IS_FLAT = 9.4999;
  private static final double SIGMOID_IS_FLAT_BELOW = -23;
  private static final double SIGMOID_IS_FLAT_ABOVE = 16.99999;

  private LayerHealth() {}

  /**
   * Of the hidden activations: {@code activationVariance} (population variance over units and rows)
   * of all, {@code deadShare} of ReLU, {@code saturatedShare} of tanh and sigmoid; and the rates of
   * dropout. A NaN is neither dead nor saturated.
   */
  static void measure(EngineNetwork network, Rows validation, Map<String, Double> metrics) {
    network.observe(validation, hidden -> measure(hidden, metrics));
    network.network().layers().stream()
        .filter(LiveDropout.class::isInstance)
        .map(LiveDropout.class::cast)
        .forEach(layer -> metrics.put(MetricNames.dropout(layer.name()), layer.ratio()));
  }

  /** |before - after| / |after| a layer, its biases included; 0 where both are 0. */
  static void updateRatios(Weights before, Weights after, Map<String, Double> metrics) {
    Map<String, double[]> squares = new TreeMap<>();
    for (Weights.Tensor tensor : after.tensors().values()) {
      String layer = tensor.name().substring(0, tensor.name().lastIndexOf('.'));
      double[] sums = squares.computeIfAbsent(layer, name -> new double[2]);
      float[] old = before.tensor(tensor.name()).values();
      for (int i = 0; i < old.length; i++) {
        double change = (double) tensor.values()[i] - old[i];
        sums[0] += change * change;
      }
      sums[1] += Norms.squared(tensor.values());
    }
    squares.forEach(
        (layer, sums) ->
            metrics.put(
                MetricNames.updateRatio(layer), sums[0] == 0 ? 0 : Math.sqrt(sums[0] / sums[1])));
  }

  private static void measure(HiddenActivation hidden, Map<String, Double> metrics) {
    String layer = hidden.layer().name();
    NDArray output = hidden.output();
    NDArray input = hidden.input();
    NDArray distance = output.sub(output.mean());
    metrics.put(
        MetricNames.activationVariance(layer), (double) distance.mul(distance).mean().getFloat());
    switch (hidden.layer().activation()) {
      case RELU -> metrics.put(MetricNames.deadShare(layer), onEveryRow(output.eq(0)));
      case TANH ->
          metrics.put(MetricNames.saturatedShare(layer), onEveryRow(input.abs().gt(TANH_IS_FLAT)));
      case SIGMOID ->
          metrics.put(
              MetricNames.saturatedShare(layer),
              onEveryRow(
                  input.lte(SIGMOID_IS_FLAT_BELOW).logicalOr(input.gte(SIGMOID_IS_FLAT_ABOVE))));
      case SELU -> {
        // Neither dead nor flat on both sides.
      }
    }
  }

  /** The share of the units, or of the feature maps, that are true on every row and pixel. */
  private static double onEveryRow(NDArray truths) {
    NDArray every = truths.toType(DataType.FLOAT32, false).min(new int[] {0});
    while (every.getShape().dimension() > 1) {
      every = every.min(new int[] {1});
    }
    return every.mean().getFloat();
  }
}
