package dev.bridle.trainer.train;

import dev.bridle.events.MetricNames;
import dev.bridle.trainer.data.Rows;
import dev.bridle.trainer.model.EngineNetwork;
import dev.bridle.trainer.model.LiveDropout;
import dev.bridle.trainer.model.Weights;
import dev.bridle.trainer.regularization.Norms;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of single layers that the monitor's health rules read. */
final class LayerHealth {
  private LayerHealth() {}

  /**
   * Of the hidden activations what {@link ActivationHealth} tells, and the rates of dropout.
   *
   * @return the outputs for all of these rows: the activations are looked at on the way to them
   */
  static float[] measure(EngineNetwork network, Rows rows, Map<String, Double> metrics) {
    Map<String, ActivationHealth> layers = new TreeMap<>();
    float[] outputs =
        network.outputs(
            rows,
            hidden ->
                layers
                    .computeIfAbsent(hidden.layer().name(), name -> new ActivationHealth())
                    .see(hidden));
    layers.forEach((layer, health) -> health.report(layer, metrics));
    network.network().layers().stream()
        .filter(LiveDropout.class::isInstance)
        .map(LiveDropout.class::cast)
        .forEach(layer -> metrics.put(MetricNames.dropout(layer.name()), layer.ratio()));
    return outputs;
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
}
